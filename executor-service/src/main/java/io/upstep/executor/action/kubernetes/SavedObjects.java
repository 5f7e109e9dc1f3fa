package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Manifests as a gzipped Kubernetes List, in as many Secrets as their limit of 1 MiB makes necessary. The first, which says
 * how many there are, is written last: when it is there all are.
 */
public final class SavedObjects {
    private static final int PART = 768 * 1024;
    private static final int MAX_PARTS = 32;
    private static final int SHORT_ID = 8;
    static final String KEY = "objects.json.gz";
    static final String PARTS = "upstep.io/parts";

    private final String type;
    private final String name;
    private final StepContext context;
    private final FencedObjects objects;

    SavedObjects(String into, StepContext context, FencedObjects objects) {
        this(SaveObjectsAction.TYPE, into, context, objects);
    }

    /** @param type the Secrets' type, which says what they hold */
    public SavedObjects(String type, String into, StepContext context, FencedObjects objects) {
        this.type = type;
        this.name = name(into, context);
        this.context = context;
        this.objects = objects;
    }

    /** What the first Secret is called; the others add their number. */
    public static String name(String into, StepContext context) {
        String plan = context.attempt().planId();
        return into + "-" + plan.substring(0, Math.min(SHORT_ID, plan.length())).toLowerCase(Locale.ROOT);
    }

    public String name() {
        return name;
    }

    /** Whether an earlier attempt has saved everything: what it saw first is what counts. */
    public boolean isComplete() {
        Optional<ObjectNode> first = objects.get(Kinds.SECRET, name);
        if (first.isPresent() && !objects.wroteLast(first.get())) {
            throw ActionException.permanent(
                    "name-taken",
                    "expected no Secret " + name
                            + ", which another step or somebody else has written; choose another 'into'");
        }
        return first.isPresent();
    }

    /** Returns how many Secrets it took. */
    public int write(List<ObjectNode> found) {
        byte[] bytes = gzipped(found);
        int parts = (bytes.length + PART - 1) / PART;
        if (parts > MAX_PARTS) {
            throw ActionException.permanent(
                    "too-large",
                    "expected at most " + MAX_PARTS * PART + " bytes of compressed manifests, came " + bytes.length
                            + "; save fewer kinds at once");
        }
        for (int part = parts; part >= 1; part--) {
            byte[] content = Arrays.copyOfRange(bytes, (part - 1) * PART, Math.min(part * PART, bytes.length));
            put(part == 1 ? name : name + "-" + part, content, parts);
        }
        return parts;
    }

    private void put(String secretName, byte[] content, int parts) {
        String text = Base64.getEncoder().encodeToString(content);
        if (objects.get(Kinds.SECRET, secretName).isPresent()) {
            // Left by an attempt that did not get to the first.
            objects.edit(Kinds.SECRET, secretName, secret -> {
                Manifest.child(secret, "data").put(KEY, text);
                return true;
            });
            return;
        }
        ObjectNode secret = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("type", type);
        ObjectNode metadata =
                secret.putObject("metadata").put("name", secretName).put("namespace", context.namespace());
        metadata.putObject("annotations").put(PARTS, Integer.toString(parts));
        StepLabels.put(secret, context.attempt());
        secret.putObject("data").put(KEY, text);
        objects.create(Kinds.SECRET, secret);
    }

    private static byte[] gzipped(List<ObjectNode> found) {
        ObjectNode list =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        found.stream().map(Cleaning::cleaned).forEach(items::add);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(list.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
