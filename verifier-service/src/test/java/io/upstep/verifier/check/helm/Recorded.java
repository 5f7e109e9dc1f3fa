package io.upstep.verifier.check.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** Puts records of releases into a cluster the way Helm 3 packs them. */
public final class Recorded {
    private final MockCluster cluster;
    private final String release;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private Recorded(MockCluster cluster, String release) {
        this.cluster = cluster;
        this.release = release;
        json.put("name", release).put("manifest", "").putArray("hooks");
        json.set("config", JsonNodeFactory.instance.objectNode());
        chart("polyaxon", "1.20.0");
    }

    /** The release of the mock cluster's installation. */
    public static Recorded in(MockCluster cluster) {
        return in(cluster, MockCluster.INSTALLATION.release());
    }

    public static Recorded in(MockCluster cluster, String release) {
        return new Recorded(cluster, release);
    }

    public Recorded chart(String name, String version) {
        ObjectNode metadata = json.putObject("chart").putObject("metadata");
        metadata.put("name", name).put("version", version).put("appVersion", version);
        return this;
    }

    public Recorded values(String yaml) {
        return values(Looking.yaml(yaml));
    }

    Recorded values(JsonNode values) {
        json.set("config", values);
        return this;
    }

    public Recorded manifest(String yaml) {
        json.put("manifest", yaml);
        return this;
    }

    public Recorded hook(String yaml) {
        json.withArray("hooks").addObject().put("manifest", yaml);
        return this;
    }

    public void revision(int revision, String status) {
        json.put("version", revision);
        json.putObject("info").put("status", status).put("last_deployed", "2026-11-20T12:00:00Z");
        put(revision, status, "helm.sh/release.v1", packed(json.toString()));
    }

    void put(int revision, String status, String type, String packed) {
        cluster.put("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: sh.helm.release.v1.%s.v%d
                  labels: {owner: helm, name: "%s", status: "%s", version: "%d"}
                type: %s
                data: {release: "%s"}
                """.formatted(release, revision, release, status, revision, type, packed));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** gzip, Helm's base64, and that of the Secret. */
    private static String packed(String json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return base64(base64(bytes.toByteArray()).getBytes(StandardCharsets.US_ASCII));
    }
}
