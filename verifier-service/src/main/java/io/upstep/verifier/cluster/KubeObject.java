package io.upstep.verifier.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Kubernetes object as the API server gave it, with the few questions checks ask of any object. */
public record KubeObject(ObjectNode json) {

    public String kind() {
        return json.path("kind").asText();
    }

    public String name() {
        return json.at("/metadata/name").asText();
    }

    public String uid() {
        return json.at("/metadata/uid").asText();
    }

    /** The label's value, or null. */
    public String label(String key) {
        return json.at("/metadata/labels").path(key).asText(null);
    }

    public JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** The text there, or null. */
    public String text(String pointer) {
        return json.at(pointer).asText(null);
    }

    public long number(String pointer, long otherwise) {
        return json.at(pointer).asLong(otherwise);
    }

    /** The elements of the list there. */
    public List<JsonNode> each(String pointer) {
        return elements(json.at(pointer)).toList();
    }

    public boolean isTerminating() {
        return json.at("/metadata").hasNonNull("deletionTimestamp");
    }

    public boolean isOwnedBy(KubeObject owner) {
        return owners().anyMatch(reference -> reference.path("uid").asText().equals(owner.uid()));
    }

    /** The uid of the owner of that kind, or null. */
    public String ownerOfKind(String kind) {
        return owners().filter(reference -> reference.path("kind").asText().equals(kind))
                .map(reference -> reference.path("uid").asText())
                .findFirst()
                .orElse(null);
    }

    /** Whether the condition of that type has that status. */
    public boolean hasCondition(String type, String status) {
        return elements(json.at("/status/conditions"))
                .anyMatch(condition -> condition.path("type").asText().equals(type)
                        && condition.path("status").asText().equals(status));
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }

    private Stream<JsonNode> owners() {
        return elements(json.at("/metadata/ownerReferences"));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
