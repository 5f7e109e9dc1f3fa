package io.upstep.planner.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;

/** The shape every recipe file must have, as published beside the recipes. */
final class RecipeSchema {
    /** Each is compared with the others, and nobody corrects more at once. */
    private static final int MOST_ERRORS = 100;

    private final Form platform;
    private final Form recipe;

    /** From the two JSON Schemas' texts. */
    RecipeSchema(String platform, String recipe) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        this.platform = Form.of(registry, platform);
        this.recipe = Form.of(registry, recipe);
    }

    List<RecipeProblem> problems(YamlDocument document) {
        if (!document.tree().isObject()) {
            String came = document.tree().getNodeType().name().toLowerCase(Locale.ROOT);
            return List.of(document.problem(
                    "",
                    new Fault(
                            FaultCode.NOT_A_MAPPING,
                            "a mapping",
                            came.equals("missing") ? "an empty file" : "a " + came,
                            "begin with 'title: ...', or take an example from docs/guide/recipes.md")));
        }
        Form form = document.file().isPlatform() ? platform : recipe;
        List<Error> errors = form.schema().validate(document.tree());
        return errors.isEmpty()
                ? List.of()
                : new SchemaFaults(document, form.json()).of(errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
    }

    /** A schema, and its text as data. */
    private record Form(Schema schema, JsonNode json) {
        static Form of(SchemaRegistry registry, String text) {
            try {
                JsonNode json = new ObjectMapper().readTree(text);
                return new Form(registry.getSchema(json), json);
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("expected a JSON Schema, came " + e.getOriginalMessage(), e);
            }
        }
    }
}
