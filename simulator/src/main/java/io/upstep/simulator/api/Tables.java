package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Shows objects as the table that {@code kubectl get} prints. */
final class Tables {
    private record Column(String name, Function<JsonNode, JsonNode> cell) {}

    private static final List<Column> POD = List.of(
            new Column("Ready", Tables::readyContainers),
            new Column("Status", Tables::podStatus),
            new Column(
                    "Restarts",
                    p -> at(p, "status", "containerStatuses").path(0).path("restartCount")));
    private static final List<Column> DEPLOYMENT = List.of(
            new Column("Ready", Tables::readyReplicas),
            new Column("Up-to-date", d -> at(d, "status", "updatedReplicas")),
            new Column("Available", d -> at(d, "status", "availableReplicas")));
    private static final List<Column> STATEFUL_SET = List.of(new Column("Ready", Tables::readyReplicas));

    private final Age age;

    Tables(Clock clock) {
        this.age = new Age(clock);
    }

    static boolean wanted(Request request) {
        return request.accept().contains("as=Table");
    }

    ObjectNode of(ResourceType type, List<ObjectNode> objects, long version) {
        List<Column> columns =
                switch (type.kind()) {
                    case "Pod" -> POD;
                    case "Deployment" -> DEPLOYMENT;
                    case "StatefulSet" -> STATEFUL_SET;
                    default -> List.of();
                };
        ObjectNode table = Bodies.JSON.createObjectNode();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        Meta.of(table).put("resourceVersion", Long.toString(version));
        ArrayNode definitions = table.putArray("columnDefinitions");
        define(definitions, "Name", "name");
        columns.forEach(c -> define(definitions, c.name(), ""));
        define(definitions, "Age", "");
        ArrayNode rows = table.putArray("rows");
        objects.forEach(o -> row(rows.addObject(), columns, o));
        return table;
    }

    private void row(ObjectNode row, List<Column> columns, ObjectNode object) {
        ArrayNode cells = row.putArray("cells").add(Meta.name(object));
        columns.forEach(c -> {
            JsonNode value = c.cell().apply(object);
            cells.add(value.isMissingNode() ? cells.numberNode(0) : value);
        });
        cells.add(age.since(text(object, "metadata", "creationTimestamp")));
        ObjectNode shown = row.putObject("object");
        shown.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        shown.set("metadata", object.get("metadata"));
    }

    private static void define(ArrayNode definitions, String name, String format) {
        definitions
                .addObject()
                .put("name", name)
                .put("type", "string")
                .put("format", format)
                .put("description", "")
                .put("priority", 0);
    }

    private static JsonNode readyReplicas(JsonNode workload) {
        return Bodies.JSON
                .getNodeFactory()
                .textNode(at(workload, "status", "readyReplicas").asInt() + "/"
                        + at(workload, "spec", "replicas").asInt());
    }

    private static JsonNode readyContainers(JsonNode pod) {
        int ready = 0;
        JsonNode containers = at(pod, "status", "containerStatuses");
        for (JsonNode container : containers) {
            ready += container.path("ready").asBoolean() ? 1 : 0;
        }
        int all = at(pod, "spec", "containers").size();
        return Bodies.JSON.getNodeFactory().textNode(ready + "/" + all);
    }

    private static JsonNode podStatus(JsonNode pod) {
        String phase = text(pod, "status", "phase");
        String status = phase.equals("Succeeded") ? "Completed" : phase.equals("Failed") ? "Error" : phase;
        for (JsonNode container : at(pod, "status", "containerStatuses")) {
            String waiting = text(container, "state", "waiting", "reason");
            status = waiting.isEmpty() ? status : waiting;
        }
        return Bodies.JSON.getNodeFactory().textNode(Meta.isBeingDeleted(pod) ? "Terminating" : status);
    }
}
