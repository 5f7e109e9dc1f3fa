package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.SavedManifests;
import io.upstep.executor.action.kubernetes.SavedObjects;

/** A release's record, kept in Secrets beside the release. */
final class SavedRelease {
    private static final String TYPE = "upstep.io/release";
    private static final String SUFFIX = "-release";

    private SavedRelease() {}

    static SavedObjects into(String prefix, StepContext context, FencedObjects objects) {
        return new SavedObjects(TYPE, prefix + SUFFIX, context, objects);
    }

    static ObjectNode item(ReleaseRecord record, String release) {
        ObjectNode item = JsonNodeFactory.instance.objectNode().put("kind", "Release");
        item.putObject("metadata").put("name", release);
        item.set("record", withoutTemplates(record.content()));
        return item;
    }

    /** The templates are most of a record, and nobody asks for them again: what they rendered to is in the manifest. */
    private static ObjectNode withoutTemplates(ObjectNode content) {
        ObjectNode copy = content.deepCopy();
        if (copy.get("chart") instanceof ObjectNode chart) {
            chart.retain("metadata", "values");
        }
        return copy;
    }

    /** @throws ActionException {@code nothing-saved}, {@code saved-incomplete} */
    static ReleaseRecord read(String prefix, StepContext context, FencedObjects objects) {
        return new SavedManifests(TYPE, "helm.save", prefix + SUFFIX, context, objects)
                .read().stream()
                        .filter(item -> item.get("record") instanceof ObjectNode)
                        .map(item -> new ReleaseRecord(null, null, 0, (ObjectNode) item.get("record")))
                        .findFirst()
                        .orElseThrow(() -> ActionException.permanent(
                                "saved-incomplete", "expected a release in what helm.save has kept as " + prefix));
    }
}
