package io.upstep.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.upstep.configuration.document.Document;
import io.upstep.configuration.document.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads the rule files of a directory of recipes: {@code <platform>/configuration/*.yaml}. */
public final class RuleFolder {
    private static final String SCHEMA = "configuration.schema.json";
    private static final String FOLDER = "configuration";

    private final Schema schema;
    private final List<String> problems = new ArrayList<>();

    private RuleFolder(Schema schema) {
        this.schema = schema;
    }

    /**
     * @param root the recipes; in a jar as well
     * @param form the directory with the format's JSON Schema, if it is another
     */
    public static Loaded read(Path root, Path form) {
        return read(root, schema(form.resolve(SCHEMA)));
    }

    /** By the format that came with this code. */
    public static Loaded read(Path root) {
        return read(root, schema());
    }

    private static Loaded read(Path root, Schema schema) {
        RuleFolder folder = new RuleFolder(schema);
        Map<String, Rulebook> books = new TreeMap<>();
        for (Path platform : sorted(root)) {
            Path rules = platform.resolve(FOLDER);
            if (Files.isDirectory(rules)) {
                String name = platform.getFileName().toString().replace("/", "");
                books.put(name, new Rulebook(name, folder.files(rules, name)));
            }
        }
        return new Loaded(books, List.copyOf(folder.problems));
    }

    private List<RuleFile> files(Path rules, String platform) {
        List<RuleFile> files = new ArrayList<>();
        for (Path path : sorted(rules)) {
            if (path.getFileName().toString().endsWith(".yaml")) {
                file(path, platform + "/" + FOLDER + "/" + path.getFileName(), files);
            }
        }
        return List.copyOf(files);
    }

    private void file(Path path, String name, List<RuleFile> files) {
        try {
            JsonNode json = Document.read(Files.readString(path)).json();
            List<String> wrong = schema.validate(json.toString(), InputFormat.JSON).stream()
                    .map(error -> name + " " + error.getInstanceLocation() + ": " + error.getMessage())
                    .toList();
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                files.add(RuleFile.of(Inlined.of(json, path.getParent())));
            }
        } catch (UnreadableException | IllegalArgumentException e) {
            problems.add(name + ": " + e.getMessage());
        } catch (IOException e) {
            problems.add(name + " cannot be read: " + e.getMessage());
        }
    }

    private static Schema schema(Path path) {
        try {
            return schema(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException("expected the format of rule files at '" + path + "'", e);
        }
    }

    private static Schema schema() {
        try (InputStream form = RuleFolder.class.getResourceAsStream(SCHEMA)) {
            return schema(new String(form.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("expected the format of rule files beside this class", e);
        }
    }

    private static Schema schema(String text) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(new ObjectMapper().readTree(text));
    }

    private static List<Path> sorted(Path directory) {
        try (Stream<Path> found = Files.list(directory)) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("expected a directory that can be read at '" + directory + "'", e);
        }
    }

    /**
     * What was found.
     *
     * @param books by platform
     * @param problems what is wrong with files that were left out, one sentence each
     */
    public record Loaded(Map<String, Rulebook> books, List<String> problems) {}
}
