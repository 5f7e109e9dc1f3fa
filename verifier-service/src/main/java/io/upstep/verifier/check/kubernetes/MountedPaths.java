package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows what a workload's containers mount to where it really is. */
final class MountedPaths {
    private static final Kind CLAIM = Kind.builtIn("PersistentVolumeClaim");
    private static final Kind VOLUME = Kind.builtIn("PersistentVolume");

    private final CheckContext context;

    MountedPaths(CheckContext context) {
        this.context = context;
    }

    /** One entry for each mount of a volume with data; what only brings configuration is left out. */
    List<ObjectNode> of(KubeObject workload) {
        String pod = workload.kind().equals("Pod") ? "/spec" : "/spec/template/spec";
        List<ObjectNode> all = new ArrayList<>();
        for (String containers : List.of("/initContainers", "/containers")) {
            for (JsonNode container : workload.each(pod + containers)) {
                container.path("volumeMounts").forEach(mount -> entry(workload, pod, mount)
                        .filter(entry -> !all.contains(entry))
                        .ifPresent(all::add));
            }
        }
        return all;
    }

    private Optional<ObjectNode> entry(KubeObject workload, String pod, JsonNode mount) {
        String name = mount.path("name").asText();
        return source(workload, pod, name).map(source -> {
            ObjectNode entry = JsonNodeFactory.instance
                    .objectNode()
                    .put("workload", workload.name())
                    .put("volume", name)
                    .put("mountPath", mount.path("mountPath").asText());
            String path = below(source.path(), mount.path("subPath").asText());
            entry.put("type", source.type()).put("path", path);
            source.server().ifPresent(server -> entry.put("server", server));
            return entry;
        });
    }

    private Optional<VolumeSource> source(KubeObject workload, String pod, String volume) {
        for (JsonNode template : workload.each("/spec/volumeClaimTemplates")) {
            if (template.at("/metadata/name").asText().equals(volume)) {
                return Optional.of(behind(volume + "-" + workload.name() + "-0"));
            }
        }
        return workload.each(pod + "/volumes").stream()
                .filter(each -> each.path("name").asText().equals(volume))
                .findFirst()
                .map(VolumeSource::of)
                .filter(VolumeSource::isData)
                .map(source -> source.type().equals(VolumeSource.CLAIM) ? behind(source.path()) : source);
    }

    /** What is behind a claim; the claim itself as long as no volume is bound to it. */
    private VolumeSource behind(String claim) {
        return context.cluster()
                .get(CLAIM, context.namespace(), claim)
                .map(found -> found.text("/spec/volumeName"))
                .flatMap(volume -> context.cluster().get(VOLUME, context.namespace(), volume))
                .map(volume -> VolumeSource.of(volume.at("/spec")))
                .orElseGet(() -> new VolumeSource(VolumeSource.CLAIM, claim, Optional.empty()));
    }

    private static String below(String path, String subPath) {
        return subPath.isEmpty() ? path : path.replaceAll("/+$", "") + "/" + subPath;
    }
}
