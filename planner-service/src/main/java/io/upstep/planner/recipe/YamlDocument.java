package io.upstep.planner.recipe;

import com.fasterxml.jackson.core.JsonLocation;
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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    static final char UNDECODABLE = '\uFFFD';

    private static final int MOST_ALIASES = 20;

    private final RecipeFile file;
    private final JsonNode tree;
    /** Only looked at when there is something to say of a line. */
    private YamlLines lines;

    private YamlDocument(RecipeFile file, JsonNode tree) {
        this.file = file;
        this.tree = tree;
    }

    static YamlDocument read(RecipeFile file) {
        if (file.isTooLong()) {
            throw new InvalidRecipeException(RecipeProblem.of(
                    file.name(),
                    new Fault(
                            FaultCode.UNREADABLE,
                            "at most " + RecipeFile.LONGEST + " characters",
                            "more",
                            "make several recipes of it")));
        }
        if (file.text().indexOf(UNDECODABLE) >= 0) {
            throw new InvalidRecipeException(RecipeProblem.of(
                    file.name(),
                    new Fault(FaultCode.NOT_UTF8, "UTF-8", "bytes that are not", "save the file as UTF-8")));
        }
        try {
            refuseAliases(file);
            return new YamlDocument(file, YAML.readTree(file.text()));
        } catch (JsonProcessingException e) {
            throw new InvalidRecipeException(notYaml(file, e));
        } catch (IOException e) {
            throw new UncheckedIOException("a text that is in memory cannot be read", e);
        }
    }

    RecipeFile file() {
        return file;
    }

    JsonNode tree() {
        return tree;
    }

    RecipeProblem problem(String path, Fault fault) {
        return RecipeProblem.of(file.name(), lines().of(path), path, fault);
    }

    /** At the key, and not at its value, which may begin lines below. */
    RecipeProblem problemWithKey(String path, Fault fault) {
        return RecipeProblem.of(file.name(), lines().ofKey(path), path, fault);
    }

    /** A value as it is spelt, if it stands there without quotes. */
    Optional<String> plain(String path) {
        return lines().plain(path);
    }

    private synchronized YamlLines lines() {
        if (lines == null) {
            lines = new YamlLines(file.text());
        }
        return lines;
    }

    <T> T as(Class<T> type) {
        try {
            return BINDER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new InvalidRecipeException(RecipeProblem.of(
                    file.name(),
                    new Fault(
                            FaultCode.WRONG_TYPE,
                            "values of the types that the schema names",
                            Refusals.oneLine(e.getOriginalMessage()),
                            "correct the value")));
        }
    }

    /** Read as a tree an alias would silently become its own name. */
    private static void refuseAliases(RecipeFile file) throws IOException {
        List<RecipeProblem> aliases = new ArrayList<>();
        try (YAMLParser parser = (YAMLParser) YAML.createParser(file.text())) {
            while (aliases.size() < MOST_ALIASES && parser.nextToken() != null) {
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
        return RecipeProblem.of(
                file.name(),
                place(parser.currentTokenLocation()),
                "",
                new Fault(
                        FaultCode.ALIAS,
                        "a plain value",
                        "the alias '*" + parser.getText() + "'",
                        "write the value out, or give it a name under 'shared'"));
    }

    private static RecipeProblem notYaml(RecipeFile file, JsonProcessingException e) {
        return RecipeProblem.of(
                file.name(),
                place(e.getLocation()),
                "",
                new Fault(
                        FaultCode.INVALID_YAML,
                        "one YAML document",
                        "what is not valid YAML: " + firstSentence(e.getOriginalMessage()),
                        "correct it there; a text with ': ', '#', '{' or '[' in it needs quotes"));
    }

    /** The parser goes on to draw the place, which is told in another way. */
    private static String firstSentence(String message) {
        return Refusals.oneLine(message.replaceAll("(?s) in 'reader', line .*?\\^", ""));
    }

    private static Place place(JsonLocation location) {
        return location == null ? Place.WHOLE_FILE : new Place(location.getLineNr(), location.getColumnNr());
    }
}
