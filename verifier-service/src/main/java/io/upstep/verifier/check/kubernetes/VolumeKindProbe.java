package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a workload keeps its data on: emptyDir, persistentVolumeClaim, hostPath and so on, or {@code none} if there is no
 * such workload or volume. Volumes that only bring configuration do not count.
 */
@ApplicationScoped
public class VolumeKindProbe implements Probe<VolumeKindProbe.With> {
    private static final Set<String> CONFIGURATION = Set.of("configMap", "secret", "projected", "downwardAPI", "image");
    private static final String CLAIM = "persistentVolumeClaim";

    /** @param volume its name; if not said, all data volumes, which then must be of one kind */
    public record With(String kind, String name, String volume) {
        public With {
            new Target(kind, null, name, null);
            if (name == null) {
                throw new IllegalArgumentException("expected the 'name' of the " + kind);
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.volume-kind";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Target target = new Target(with.kind(), null, with.name(), null);
        List<KubeObject> found = target.find(context);
        return found.isEmpty()
                ? Fact.known(TextNode.valueOf("none"), "no " + target + " in " + context.namespace())
                : observe(with, found.get(0));
    }

    private static Fact observe(With with, KubeObject object) {
        Map<String, String> volumes = volumes(object);
        if (with.volume() != null) {
            return Fact.known(
                    TextNode.valueOf(volumes.getOrDefault(with.volume(), "none")),
                    object + ", volume " + with.volume());
        }
        volumes.values().removeIf(CONFIGURATION::contains);
        List<String> kinds = volumes.values().stream().distinct().toList();
        if (kinds.size() > 1) {
            return Fact.unknown(object + " has volumes of several kinds " + volumes + "; name one with 'volume'");
        }
        return Fact.known(
                TextNode.valueOf(kinds.isEmpty() ? "none" : kinds.get(0)), object + ", volumes " + volumes.keySet());
    }

    private static Map<String, String> volumes(KubeObject object) {
        Map<String, String> kinds = new TreeMap<>();
        String pod = object.kind().equals("Pod") ? "/spec" : "/spec/template/spec";
        object.each(pod + "/volumes")
                .forEach(volume -> kinds.put(volume.path("name").asText(), kind(volume)));
        object.each("/spec/volumeClaimTemplates")
                .forEach(claim -> kinds.put(claim.at("/metadata/name").asText(), CLAIM));
        return kinds;
    }

    /** The one field beside the name; a volume without any is an emptyDir. */
    private static String kind(JsonNode volume) {
        String[] kind = {"emptyDir"};
        volume.fieldNames().forEachRemaining(field -> {
            if (!field.equals("name") && !volume.path(field).isNull()) {
                kind[0] = field;
            }
        });
        return kind[0];
    }
}
