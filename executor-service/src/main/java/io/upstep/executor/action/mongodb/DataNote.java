package io.upstep.executor.action.mongodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What the installation's namespace says of a database as it was when the plan noted it. The verifier reads it, too. */
final class DataNote {
    static final String DATA = "data.json";
    private static final String TAKEN = "taken.json";
    /** An object may have 1 MiB in all. */
    private static final int LARGEST = 900_000;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String name;
    private final StepContext context;
    private final KeptData kept;

    DataNote(String name, StepContext context) {
        this.name = name;
        this.context = context;
        this.kept = KeptData.named("upstep-mongodb-" + KeptData.shortPlan(context) + "-" + name, context);
    }

    static void requireName(String name) {
        if (name == null || !name.matches("[a-z0-9]([-a-z0-9]{0,28}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "expected 'name' to be up to 30 lower-case letters, digits and dashes, came '" + name + "'");
        }
    }

    String configMap() {
        return kept.name();
    }

    /** What an attempt of this step that counts has noted: what was seen first is what counts. */
    Optional<ObjectNode> find() {
        Map<String, String> data = kept.read().orElse(Map.of());
        if (!data.containsKey(DATA)) {
            return Optional.empty();
        }
        ObjectNode taken = json(data.getOrDefault(TAKEN, "{}"));
        String step = taken.path("step").asText();
        if (!step.equals(context.attempt().stepId())) {
            throw ActionException.permanent(
                    "name-taken",
                    "expected a name of its own for each note of a plan, but step " + step + " has taken '" + name
                            + "'; name this one otherwise");
        }
        return taken.path("attempt").asInt() < context.firstAttempt()
                ? Optional.empty()
                : Optional.of(json(data.get(DATA)));
    }

    void put(ObjectNode note) {
        String text = note.toString();
        if (text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
            throw ActionException.permanent(
                    "note-too-large",
                    "expected the note to fit into a ConfigMap, " + LARGEST + " bytes, came " + text.length()
                            + "; note fewer databases at once");
        }
        ObjectNode taken = MAPPER.createObjectNode()
                .put("step", context.attempt().stepId())
                .put("attempt", context.attempt().attempt())
                .put("epoch", context.attempt().epoch());
        kept.write(Map.of(DATA, text, TAKEN, taken.toString()));
    }

    private ObjectNode json(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Told below, together with what is JSON and no object.
        }
        throw ActionException.permanent(
                "note-damaged",
                "expected JSON in ConfigMap " + kept.name() + ", which somebody has changed; remove it to note anew");
    }
}
