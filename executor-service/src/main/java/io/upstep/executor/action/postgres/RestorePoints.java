package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** What the installation's namespace says of one restore point of the plan: that it was taken, and that it was proven. */
final class RestorePoints {
    static final String FINGERPRINT = "fingerprint.json";
    static final String COMPRESSED = "fingerprint.json.gz";
    static final String PROOF = "proof.json";
    static final String TAKEN = "taken.json";

    /** An object may have 1 MiB in all; fingerprints beyond this are compressed. */
    private static final int LARGEST = 700_000;

    /** What is more than this was made to hurt; cut off, it is damaged. */
    private static final int MOST = 64 * 1024 * 1024;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String name;
    private final StepContext context;
    private final KeptData kept;

    RestorePoints(String name, StepContext context) {
        this.name = name;
        this.context = context;
        this.kept = KeptData.named("upstep-restore-point-" + KeptData.shortPlan(context) + "-" + name, context);
    }

    /** Names of scratch databases are made of it, and are to fit. */
    static void requireName(String name) {
        if (name == null || !name.matches("[a-z0-9]([-a-z0-9]{0,28}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "expected 'name' to be up to 30 lower-case letters, digits and dashes, came '" + name + "'");
        }
    }

    String configMap() {
        return kept.name();
    }

    Optional<RestorePoint> find() {
        return kept.read().flatMap(RestorePoints::fingerprint).map(RestorePoint::read);
    }

    RestorePoint get() {
        return find().orElseThrow(() -> ActionException.permanent(
                "restore-point-missing",
                "expected the restore point '" + name + "' in ConfigMap " + kept.name() + " of namespace "
                        + context.namespace() + ", which postgres.backup of the same plan writes"));
    }

    private static Optional<byte[]> fingerprint(Map<String, String> data) {
        if (data.containsKey(COMPRESSED)) {
            return Optional.of(unzipped(data.get(COMPRESSED)));
        }
        return Optional.ofNullable(data.get(FINGERPRINT)).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether it is to be taken again: by a step that is done anew, unless it has been proven since. */
    boolean isToBeRetaken() {
        Map<String, String> data = kept.read().orElse(Map.of());
        return !data.containsKey(PROOF) && attempt(data.get(TAKEN)) < context.firstAttempt();
    }

    /** A step that finds another one's restore point under its name has taken none, and must not say that it has. */
    void requireOwn() {
        String step = Note.of(kept.read().orElse(Map.of()).get(TAKEN)).text("step");
        if (!step.isEmpty() && !step.equals(context.attempt().stepId())) {
            throw ActionException.permanent(
                    "name-taken",
                    "expected a name of its own for each restore point of a plan, but step " + step + " has taken '"
                            + name + "'; name this one otherwise, for example after the version it leads to");
        }
    }

    /** Whether it was proven by an attempt of this step that counts. */
    boolean isProven(RestorePoint point) {
        Note proof = Note.of(kept.read().orElse(Map.of()).get(PROOF));
        return proof.text("step").equals(context.attempt().stepId())
                && proof.text("sha256").equals(point.meta().sha256())
                && proof.number("attempt") >= context.firstAttempt();
    }

    private static long attempt(String json) {
        return Note.of(json).number("attempt");
    }

    void put(RestorePoint point) {
        byte[] json = point.json();
        Map<String, String> data = new TreeMap<>();
        if (json.length <= LARGEST) {
            data.put(FINGERPRINT, new String(json, StandardCharsets.UTF_8));
        } else {
            data.put(COMPRESSED, zipped(json));
        }
        data.put(TAKEN, written(MAPPER.createObjectNode()));
        kept.write(data);
    }

    void putProof(ObjectNode proof) {
        Map<String, String> data = new TreeMap<>(kept.read().orElse(Map.of()));
        data.put(PROOF, written(proof));
        kept.write(data);
    }

    private String written(ObjectNode what) {
        what.put("step", context.attempt().stepId())
                .put("attempt", context.attempt().attempt())
                .put("epoch", context.attempt().epoch());
        try {
            return MAPPER.writeValueAsString(what);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a tree of JSON to be written as such", e);
        }
    }

    private static String zipped(byte[] json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static byte[] unzipped(String text) {
        try (GZIPInputStream gzip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            return gzip.readNBytes(MOST);
        } catch (IOException | IllegalArgumentException e) {
            throw ActionException.permanent(
                    "backup-damaged", "expected " + COMPRESSED + " to be gzip in Base64: " + e.getMessage());
        }
    }
}
