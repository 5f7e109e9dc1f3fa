package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Marks;
import io.upstep.executor.action.kubernetes.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * One revision of a release, as Helm keeps it in a Secret.
 *
 * @param secret the Secret's name; null for one that was saved elsewhere
 * @param plan whose plan wrote it; null if no plan did
 */
record ReleaseRecord(String secret, String plan, long changed, ObjectNode content) {
    static final String LABEL_CHANGED = "modifiedAt";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LARGEST = 64 * 1024 * 1024;
    private static final Set<String> AT_WORK =
            Set.of("pending-install", "pending-upgrade", "pending-rollback", "uninstalling");

    static ReleaseRecord of(ObjectNode secret) {
        JsonNode labels = secret.path("metadata").path("labels");
        return new ReleaseRecord(
                Manifest.name(secret),
                Manifest.annotation(secret, Marks.PLAN),
                Math.max(
                        labels.path(LABEL_CHANGED).asLong(),
                        labels.path("createdAt").asLong()),
                decoded(secret));
    }

    private static ObjectNode decoded(ObjectNode secret) {
        try {
            byte[] text = Base64.getDecoder()
                    .decode(secret.path("data").path("release").asText());
            byte[] bytes = Base64.getDecoder().decode(text);
            boolean zipped = bytes.length > 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
            try (InputStream in =
                    zipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)) : new ByteArrayInputStream(bytes)) {
                return (ObjectNode) MAPPER.readTree(in.readNBytes(LARGEST));
            }
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            // Not the parser's words, which may quote a secret.
            throw ActionException.permanent(
                    "release-unreadable",
                    "expected a Helm release in " + Manifest.title(secret) + ", which cannot be read ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    /** The content as Helm keeps it in the Secret's data. */
    static String encoded(ObjectNode content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String inner = Base64.getEncoder().encodeToString(bytes.toByteArray());
        return Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.UTF_8));
    }

    int revision() {
        return content.path("version").asInt();
    }

    String status() {
        return content.at("/info/status").asText();
    }

    String description() {
        return content.at("/info/description").asText();
    }

    String chartName() {
        return content.at("/chart/metadata/name").asText();
    }

    String chartVersion() {
        return content.at("/chart/metadata/version").asText();
    }

    String manifest() {
        return content.path("manifest").asText();
    }

    List<String> hooks() {
        List<String> manifests = new ArrayList<>();
        content.path("hooks")
                .forEach(hook -> manifests.add(hook.path("manifest").asText()));
        return manifests;
    }

    /** What the user gave, without the chart's defaults. */
    ObjectNode values() {
        return content.path("config") instanceof ObjectNode values ? values.deepCopy() : MAPPER.createObjectNode();
    }

    boolean isAtWork() {
        return AT_WORK.contains(status());
    }

    boolean isDeployed() {
        return status().equals("deployed");
    }

    boolean isUninstalled() {
        return status().equals("uninstalled");
    }
}
