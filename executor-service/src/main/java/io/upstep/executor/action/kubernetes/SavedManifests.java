package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Marks;
import io.upstep.executor.action.StepContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads what {@link SavedObjects} has written for the same plan; all of it or nothing. */
public final class SavedManifests {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String type;
    private final String writer;
    private final String name;
    private final StepContext context;
    private final FencedObjects objects;

    SavedManifests(String from, StepContext context, FencedObjects objects) {
        this(SaveObjectsAction.TYPE, "kubernetes.save-objects", from, context, objects);
    }

    /** @param writer the action that has written them */
    public SavedManifests(String type, String writer, String from, StepContext context, FencedObjects objects) {
        this.type = type;
        this.writer = writer;
        this.name = SavedObjects.name(from, context);
        this.context = context;
        this.objects = objects;
    }

    public String name() {
        return name;
    }

    public List<ObjectNode> read() {
        ObjectNode first = objects.get(Kinds.SECRET, name)
                .orElseThrow(() -> ActionException.permanent(
                        "nothing-saved",
                        "expected Secret " + name + ", in which " + writer + " of this plan keeps what it saw,"
                                + " and there is none; nothing was changed"));
        int parts = (int) Marks.epoch(Manifest.annotation(first, SavedObjects.PARTS));
        if (!isOurs(first) || parts < 1) {
            throw incomplete("Secret " + name + " was not written by this plan's " + writer);
        }
        return items(bytes(first, parts));
    }

    private byte[] bytes(ObjectNode first, int parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(content(first));
        for (int part = 2; part <= parts; part++) {
            String next = name + "-" + part;
            all.writeBytes(content(objects.get(Kinds.SECRET, next)
                    .filter(this::isOurs)
                    .orElseThrow(() -> incomplete("of " + parts + " parts Secret " + next + " is missing"))));
        }
        return all.toByteArray();
    }

    private boolean isOurs(JsonNode secret) {
        return secret.path("type").asText().equals(type)
                && context.attempt().planId().equals(Manifest.annotation(secret, Marks.PLAN));
    }

    private byte[] content(ObjectNode secret) {
        try {
            return Base64.getDecoder()
                    .decode(secret.path("data").path(SavedObjects.KEY).asText());
        } catch (IllegalArgumentException e) {
            throw incomplete(Manifest.title(secret) + " holds no base64");
        }
    }

    private List<ObjectNode> items(byte[] bytes) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            List<ObjectNode> items = new ArrayList<>();
            MAPPER.readTree(gzip).path("items").forEach(item -> items.add((ObjectNode) item));
            return items;
        } catch (IOException e) {
            // Not the parser's words, which may quote a secret.
            throw incomplete("what is in it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private ActionException incomplete(String what) {
        return ActionException.permanent(
                "saved-incomplete",
                "expected everything that was saved in Secret " + name + ", but " + what + "; nothing was changed");
    }
}
