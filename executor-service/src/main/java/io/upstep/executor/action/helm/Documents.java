package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The objects of a rendered chart, each with the text it was rendered as. */
final class Documents {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern BETWEEN = Pattern.compile("(?m)^---[ \\t]*(?:#.*)?$");
    private static final String HOOK = "helm.sh/hook";

    private Documents() {}

    record Document(String text, ObjectNode object) {

        static Document of(ObjectNode object) {
            return new Document(new String(LiteralChart.bytes(object), StandardCharsets.UTF_8) + "\n", object);
        }

        boolean isHook() {
            return Manifest.annotation(object, HOOK) != null;
        }

        String title() {
            return Manifest.title(object);
        }
    }

    static List<Document> of(String manifest) {
        return Arrays.stream(BETWEEN.split(manifest))
                .filter(text -> !text.isBlank())
                .map(text -> new Document(text.strip() + "\n", parsed(text)))
                .filter(document -> document.object() != null)
                .flatMap(Documents::single)
                .toList();
    }

    /** A List is no object itself: Helm, too, takes what is in it one by one. */
    private static Stream<Document> single(Document document) {
        ObjectNode object = document.object();
        boolean list =
                Manifest.kind(object).equals("List") && object.path("items").isArray();
        return list
                ? StreamSupport.stream(object.path("items").spliterator(), false)
                        .map(item -> Document.of((ObjectNode) item))
                : Stream.of(document);
    }

    static String manifest(List<Document> documents) {
        return documents.stream().map(document -> "---\n" + document.text()).collect(Collectors.joining());
    }

    private static ObjectNode parsed(String text) {
        try {
            JsonNode object = YAML.readTree(text);
            return object instanceof ObjectNode map && map.path("kind").isTextual() ? map : null;
        } catch (IOException e) {
            // Not the parser's words, which may quote a secret.
            throw ActionException.permanent(
                    "chart-invalid", "expected every object of the rendered chart to be YAML, came one that is not");
        }
    }
}
