package io.upstep.executor.action.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.configuration.Result;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.Kinds;
import io.upstep.executor.action.kubernetes.Manifest;
import io.upstep.executor.action.kubernetes.SavedObjects;
import io.upstep.executor.action.kubernetes.StepLabels;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The Secret with a configuration before and after its migration, and the report. */
final class MigratedSecret {
    private static final String TYPE = "upstep.io/configuration";
    private static final String OLD = "old.yaml";
    private static final String NEW = "values.yaml";
    private static final String REPORT = "report.json";

    private final String name;
    private final StepContext context;
    private final FencedObjects objects;

    MigratedSecret(String into, StepContext context, FencedObjects objects) {
        this.name = SavedObjects.name(into, context);
        this.context = context;
        this.objects = objects;
    }

    String name() {
        return name;
    }

    /** The configuration as the first attempt has met it. */
    Optional<String> old() {
        Optional<ObjectNode> there = objects.get(Kinds.SECRET, name);
        if (there.filter(secret -> !objects.wroteLast(secret)).isPresent()) {
            throw ActionException.permanent(
                    "name-taken",
                    "expected no Secret " + name
                            + ", which another step or somebody else has written; choose another 'into'");
        }
        return there.map(secret -> secret.path("data").path(OLD).asText(""))
                .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    }

    void write(Result result, String report) {
        if (objects.get(Kinds.SECRET, name).isPresent()) {
            objects.edit(Kinds.SECRET, name, secret -> fill(secret, result, report));
            return;
        }
        ObjectNode secret = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("type", TYPE);
        secret.putObject("metadata").put("name", name).put("namespace", context.namespace());
        StepLabels.put(secret, context.attempt());
        fill(secret, result, report);
        objects.create(Kinds.SECRET, secret);
    }

    private static boolean fill(ObjectNode secret, Result result, String report) {
        ObjectNode before = secret.deepCopy();
        Manifest.child(secret, "data")
                .put(OLD, encoded(result.before()))
                .put(NEW, encoded(result.config()))
                .put(REPORT, encoded(report));
        return !secret.equals(before);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
