package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.executor.action.ActionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads manifests as kubectl takes them: YAML documents, or JSON objects one after the other; Lists are taken apart. */
public final class ManifestText {
    private static final int LONGEST = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    private ManifestText() {}

    /** @param where what the text is, for when it cannot be read: it may be a secret, and is never quoted */
    public static List<ObjectNode> read(String text, String where) {
        if (text.length() > LONGEST) {
            throw unreadable(where, text.length() + " characters, more than " + LONGEST);
        }
        ObjectMapper mapper = text.stripLeading().startsWith("{") ? JSON : YAML;
        List<ObjectNode> found = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                mapper.readerFor(JsonNode.class).readValues(text)) {
            while (documents.hasNextValue()) {
                add(documents.nextValue(), found, where);
            }
        } catch (IOException e) {
            throw unreadable(where, "something else (" + e.getClass().getSimpleName() + ")");
        }
        if (found.isEmpty()) {
            throw unreadable(where, "none");
        }
        return found;
    }

    private static void add(JsonNode document, List<ObjectNode> found, String where) {
        if (document.path("kind").asText().equals("List")) {
            document.path("items").forEach(item -> add(item, found, where));
        } else if (document instanceof ObjectNode object) {
            found.add(object);
        } else if (!document.isNull() && !document.isMissingNode()) {
            throw unreadable(where, "a document that is no object");
        }
    }

    private static ActionException unreadable(String where, String came) {
        return ActionException.permanent(
                "manifests-unreadable", "expected Kubernetes manifests as YAML or JSON in " + where + ", came " + came);
    }
}
