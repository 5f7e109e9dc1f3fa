package io.upstep.configuration.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.RuleFolder;
import io.upstep.configuration.Way;
import io.upstep.configuration.document.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The rules for Polyaxon as they are delivered, and documents to try them on. */
final class PolyaxonRules {
    static final RuleFolder.Loaded LOADED = RuleFolder.read(Path.of("../recipes"));
    private static final Path RESOURCES = Path.of("src/test/resources/polyaxon");

    private PolyaxonRules() {}

    static Way way(String platform, String document, String from, String to) {
        return LOADED.books().get(platform).way(document, from, to);
    }

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("documents"))) {
            return files.sorted().toList();
        }
    }

    static List<String> lines(String resource) throws IOException {
        return Files.readAllLines(RESOURCES.resolve(resource));
    }

    static JsonNode yaml(String resource) throws IOException {
        return Document.read(Files.readString(RESOURCES.resolve(resource))).json();
    }
}
