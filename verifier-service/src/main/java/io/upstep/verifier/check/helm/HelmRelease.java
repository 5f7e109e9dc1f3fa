package io.upstep.verifier.check.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.HelmRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The newest revision of a release, which is the one Helm itself goes by, whatever became of it. */
public final class HelmRelease {
    private final JsonNode json;

    private HelmRelease(JsonNode json) {
        this.json = json;
    }

    /** @param release the installation's own if null */
    public static Optional<HelmRelease> find(String release, CheckContext context) {
        return context.cluster().helmRecords(context.namespace(), named(release, context)).stream()
                .max(Comparator.comparingInt(HelmRecord::revision))
                .map(newest -> new HelmRelease(Unpacked.of(newest)));
    }

    /** What is meant when nobody says which release. */
    public static String named(String release, CheckContext context) {
        return release == null || release.isBlank() ? context.installation().release() : release;
    }

    String chart() {
        return json.at("/chart/metadata/name").asText();
    }

    String chartVersion() {
        return json.at("/chart/metadata/version").asText();
    }

    String appVersion() {
        return json.at("/chart/metadata/appVersion").asText();
    }

    public int revision() {
        return json.path("version").asInt();
    }

    String status() {
        return json.at("/info/status").asText();
    }

    String modified() {
        return json.at("/info/last_deployed").asText();
    }

    /** Uninstalled with its history kept: nothing in the cluster belongs to it any more. */
    public boolean isUninstalled() {
        return status().equals("uninstalled");
    }

    /** The values somebody gave, without those of the chart. */
    JsonNode values() {
        return json.path("config");
    }

    /** The objects as they were rendered: all that Helm looks at when it decides what to delete. */
    public List<JsonNode> objects() {
        return Manifest.objects(json.path("manifest").asText(""));
    }

    /** The objects made by hooks, which Helm does not count among the release's. */
    public List<JsonNode> hookObjects() {
        Stream<JsonNode> hooks = StreamSupport.stream(json.path("hooks").spliterator(), false);
        return hooks.flatMap(hook -> Manifest.objects(hook.path("manifest").asText("")).stream())
                .toList();
    }

    @Override
    public String toString() {
        return "Helm release " + json.path("name").asText() + ", revision " + revision();
    }
}
