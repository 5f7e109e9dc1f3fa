package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * What an executor has noted about a backup of this plan: the database's fingerprint of that moment, and where it has
 * restored it to.
 *
 * @param only the tables the fingerprint is limited to; empty for all
 * @param scratch the database it was restored into; empty as long as this very backup was not
 */
record RestorePoint(
        String configMap, String takenAt, Fingerprint fingerprint, Set<String> only, Optional<String> scratch) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHORT_ID = 8;
    private static final int LIMIT = 64 * 1024 * 1024;
    private static final String FINGERPRINT = "fingerprint.json";
    private static final String PACKED = "fingerprint.json.gz";
    private static final String PROOF = "proof.json";

    static String configMap(String name, String plan) {
        return "upstep-restore-point-"
                + plan.substring(0, Math.min(SHORT_ID, plan.length())).toLowerCase(Locale.ROOT) + "-" + name;
    }

    /** @throws NoAnswerException if there is none, or it cannot be read */
    static RestorePoint find(String name, CheckContext context) {
        String configMap = configMap(name, context.plan());
        KubeObject found = context.cluster()
                .get(Kind.builtIn("ConfigMap"), context.namespace(), configMap)
                .orElseThrow(() -> new NoAnswerException("expected ConfigMap " + configMap + " in namespace "
                        + context.namespace() + " with the restore point " + name + ", and there is none"));
        String plan = found.label("upstep.io/plan");
        if (plan != null && !plan.equals(context.plan())) {
            throw new NoAnswerException(
                    "expected " + found + " to be of plan " + context.plan() + ", it is of " + plan);
        }
        return read(found);
    }

    private static RestorePoint read(KubeObject found) {
        try {
            JsonNode fingerprint = JSON.readTree(fingerprint(found));
            return new RestorePoint(
                    found.name(),
                    fingerprint.path("takenAt").asText("an unknown time"),
                    Fingerprint.parse(fingerprint),
                    only(fingerprint),
                    scratch(found, fingerprint));
        } catch (JsonProcessingException e) {
            throw damaged(found, e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(found, e.getMessage(), e);
        }
    }

    private static Set<String> only(JsonNode fingerprint) {
        Set<String> only = new HashSet<>();
        fingerprint.path("tablesOnly").forEach(table -> only.add(table.asText()));
        return only;
    }

    /** A proof of an earlier backup under this name is none of this one. */
    private static Optional<String> scratch(KubeObject found, JsonNode fingerprint) throws JsonProcessingException {
        Optional<String> written = data(found, PROOF);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        JsonNode proof = JSON.readTree(written.get());
        String backup = fingerprint.path("sha256").asText("");
        return Optional.of(proof.path("database").asText(""))
                .filter(database -> !database.isEmpty())
                .filter(database -> backup.equals(proof.path("sha256").asText("")));
    }

    /** Whether the fingerprint is to tell of this table. */
    boolean tellsOf(String table) {
        return only.isEmpty() || only.contains(table);
    }

    private static byte[] fingerprint(KubeObject found) throws IOException {
        Optional<String> plain = data(found, FINGERPRINT);
        if (plain.isPresent()) {
            return plain.get().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        String packed = data(found, PACKED)
                .orElseGet(() -> found.at("/binaryData").path(PACKED).asText(""));
        if (packed.isEmpty()) {
            throw new IOException("expected the key " + FINGERPRINT + " or " + PACKED);
        }
        try (GZIPInputStream in = new GZIPInputStream(
                new ByteArrayInputStream(Base64.getMimeDecoder().decode(packed)))) {
            return in.readNBytes(LIMIT);
        }
    }

    private static Optional<String> data(KubeObject found, String key) {
        return Optional.ofNullable(found.at("/data").path(key).asText(null));
    }

    private static NoAnswerException damaged(KubeObject found, String why, Exception cause) {
        return new NoAnswerException(found + " is no restore point that can be read: " + why, cause);
    }
}
