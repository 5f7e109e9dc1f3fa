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
    /** What bytes become that are not UTF-8. */
    private static final char UNDECODABLE = '\uFFFD';

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

    /**
     * Rules that are in memory already.
     *
     * @param files by name, {@code <platform>/configuration/<file>}; others are passed over
     */
    public static Loaded of(Map<String, String> files) {
        Map<String, Map<String, String>> folders = new TreeMap<>();
        files.forEach((name, text) -> {
            String[] parts = name.split("/");
            if (parts.length == 3 && parts[1].equals(FOLDER)) {
                folders.computeIfAbsent(parts[0], platform -> new TreeMap<>()).put(parts[2], text);
            }
        });
        return of(folders, schema());
    }

    private static Loaded read(Path root, Schema schema) {
        Map<String, Map<String, String>> folders = new TreeMap<>();
        for (Path platform : sorted(root)) {
            Path rules = platform.resolve(FOLDER);
            if (Files.isDirectory(rules)) {
                folders.put(platform.getFileName().toString().replace("/", ""), texts(rules));
            }
        }
        return of(folders, schema);
    }

    private static Loaded of(Map<String, Map<String, String>> folders, Schema schema) {
        RuleFolder folder = new RuleFolder(schema);
        Map<String, Rulebook> books = new TreeMap<>();
        folders.forEach((name, files) -> books.put(name, new Rulebook(name, folder.files(files, name))));
        return new Loaded(books, List.copyOf(folder.problems));
    }

    private List<RuleFile> files(Map<String, String> texts, String platform) {
        List<RuleFile> files = new ArrayList<>();
        texts.keySet().stream()
                .filter(file -> file.endsWith(".yaml"))
                .forEach(file -> file(texts, file, platform + "/" + FOLDER + "/" + file, files));
        return List.copyOf(files);
    }

    private void file(Map<String, String> texts, String file, String name, List<RuleFile> files) {
        if (texts.get(file).indexOf(UNDECODABLE) >= 0) {
            problems.add(name + ": expected UTF-8, came bytes that are not");
            return;
        }
        try {
            JsonNode json = Document.read(texts.get(file)).json();
            List<String> wrong = schema.validate(json.toString(), InputFormat.JSON).stream()
                    .map(error -> name + " " + error.getInstanceLocation() + ": " + error.getMessage())
                    .toList();
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                files.add(RuleFile.of(Inlined.of(json, texts)));
            }
        } catch (UnreadableException | IllegalArgumentException e) {
            problems.add(name + ": " + e.getMessage());
        }
    }

    private static Map<String, String> texts(Path rules) {
        Map<String, String> texts = new TreeMap<>();
        for (Path path : sorted(rules)) {
            if (Files.isRegularFile(path)) {
                texts.put(path.getFileName().toString(), text(path));
            }
        }
        return texts;
    }

    private static String text(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the rules at '" + path + "' cannot be read", e);
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
