package io.upstep.planner.recipe;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;

/** The shape every recipe file must have, as published beside the recipes. */
final class RecipeSchema {
    private final Schema platform;
    private final Schema recipe;

    /** From the two JSON Schemas' texts. */
    RecipeSchema(String platform, String recipe) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        this.platform = registry.getSchema(platform, InputFormat.JSON);
        this.recipe = registry.getSchema(recipe, InputFormat.JSON);
    }

    List<RecipeProblem> problems(YamlDocument document) {
        if (!document.tree().isObject()) {
            return List.of(document.problem(
                    "",
                    "expected a mapping, came "
                            + document.tree().getNodeType().name().toLowerCase(java.util.Locale.ROOT)));
        }
        Schema schema = document.file().isPlatform() ? platform : recipe;
        return schema.validate(document.tree().toString(), InputFormat.JSON).stream()
                .map(error -> problem(document, error))
                .toList();
    }

    private static RecipeProblem problem(YamlDocument document, Error error) {
        return document.problem(error.getInstanceLocation().toString(), error.getMessage());
    }
}
