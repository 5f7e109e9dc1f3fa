package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Marks;
import io.upstep.executor.action.StepContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ConfigMap in which the steps of one plan keep what later ones, and the verifier, need to know; never a secret. */
public final class KeptData {
    private static final int SHORT_ID = 8;

    private final String name;
    private final StepContext context;
    private final FencedObjects objects;
    private final Kind kind;

    private KeptData(String name, StepContext context) {
        this.name = name;
        this.context = context;
        this.objects = new FencedObjects(context, false);
        this.kind = objects.kind("ConfigMap", null);
    }

    public static KeptData named(String name, StepContext context) {
        return new KeptData(name, context);
    }

    /** The beginning of the plan's id, by which names of what it makes are told from other plans'. */
    public static String shortPlan(StepContext context) {
        String plan = context.attempt().planId();
        return plan.substring(0, Math.min(SHORT_ID, plan.length())).toLowerCase(Locale.ROOT);
    }

    public String name() {
        return name;
    }

    /** Empty if there is no such ConfigMap. */
    public Optional<Map<String, String>> read() {
        return objects.get(kind, name).map(this::data);
    }

    private Map<String, String> data(ObjectNode object) {
        if (!context.attempt().planId().equals(Manifest.annotation(object, Marks.PLAN))) {
            throw ActionException.permanent(
                    "name-taken",
                    "expected ConfigMap " + name + " to be of plan "
                            + context.attempt().planId()
                            + ", but somebody else has written it; remove it, if it is not needed any more");
        }
        Map<String, String> data = new TreeMap<>();
        object.path("data")
                .properties()
                .forEach(entry -> data.put(entry.getKey(), entry.getValue().asText()));
        return data;
    }

    /** Makes the ConfigMap hold exactly this. */
    public void write(Map<String, String> data) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        data.forEach(wanted::put);
        if (read().isEmpty()) {
            objects.create(kind, manifest(wanted));
            return;
        }
        objects.edit(kind, name, object -> {
            object.set("data", wanted);
            return true;
        });
    }

    private ObjectNode manifest(ObjectNode data) {
        ObjectNode object =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        object.putObject("metadata").put("name", name).put("namespace", context.namespace());
        StepLabels.put(object, context.attempt());
        object.set("data", data);
        return object;
    }
}
