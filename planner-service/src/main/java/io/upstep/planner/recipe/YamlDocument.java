package io.upstep.planner.recipe;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A recipe file read strictly: one document, no key twice, no aliases, and every value knows its line. */
final class YamlDocument {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    private static final ObjectMapper BINDER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(com.fasterxml.jackson.databind.MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(
                    DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** What bytes become that are not UTF-8. */
    private static final char UNDECODABLE = '\uFFFD';

    private final RecipeFile file;
    private final JsonNode tree;
    private final YamlLines lines;

    private YamlDocument(RecipeFile file, JsonNode tree) {
        this.file = file;
        this.tree = tree;
        this.lines = new YamlLines(file.text());
    }

    static YamlDocument read(RecipeFile file) {
        if (file.text().indexOf(UNDECODABLE) >= 0) {
            throw new InvalidRecipeException(RecipeProblem.of(file.name(), "expected UTF-8, came bytes that are not"));
        }
        try {
            refuseAliases(file);
            return new YamlDocument(file, YAML.readTree(file.text()));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new InvalidRecipeException(new RecipeProblem(
                    file.name(), line, "", "is not valid YAML: " + Refusals.oneLine(e.getOriginalMessage())));
        } catch (IOException e) {
            throw new InvalidRecipeException(RecipeProblem.of(file.name(), "cannot be read: " + e.getMessage()));
        }
    }

    RecipeFile file() {
        return file;
    }

    JsonNode tree() {
        return tree;
    }

    RecipeProblem problem(String path, String message) {
        return new RecipeProblem(file.name(), lines.of(path), path, message);
    }

    <T> T as(Class<T> type) {
        try {
            return BINDER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new InvalidRecipeException(RecipeProblem.of(file.name(), e.getOriginalMessage()));
        }
    }

    /** Read as a tree an alias would silently become its own name. */
    private static void refuseAliases(RecipeFile file) throws IOException {
        List<RecipeProblem> aliases = new ArrayList<>();
        try (YAMLParser parser = (YAMLParser) YAML.createParser(file.text())) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    aliases.add(alias(file, parser));
                }
            }
        }
        if (!aliases.isEmpty()) {
            throw new InvalidRecipeException(aliases);
        }
    }

    private static RecipeProblem alias(RecipeFile file, JsonParser parser) throws IOException {
        return new RecipeProblem(
                file.name(),
                parser.currentTokenLocation().getLineNr(),
                "",
                "expected a plain value, came the alias '*" + parser.getText() + "': write the value out");
    }
}
