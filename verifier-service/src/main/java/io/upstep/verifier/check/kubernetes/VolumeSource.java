package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a volume's files are.
 *
 * @param type Kubernetes' own word for the kind of volume
 * @param path the directory there, or the claim's name; empty where the kind has none
 * @param server who serves it, for what is on a network
 */
record VolumeSource(String type, String path, Optional<String> server) {
    static final String CLAIM = "persistentVolumeClaim";
    private static final Set<String> CONFIGURATION = Set.of("configMap", "secret", "projected", "downwardAPI", "image");
    private static final List<String> WITH_PATH = List.of("hostPath", "nfs", "local");
    private static final List<String> OTHERS =
            List.of("csi", "emptyDir", "ephemeral", "cephfs", "glusterfs", "iscsi", "fc", "flexVolume", "rbd");

    /** @param volume of a pod, or the spec of a PersistentVolume */
    static VolumeSource of(JsonNode volume) {
        for (String type : WITH_PATH) {
            if (volume.path(type).isObject()) {
                JsonNode source = volume.path(type);
                return new VolumeSource(
                        type,
                        source.path("path").asText(),
                        Optional.ofNullable(source.path("server").asText(null)));
            }
        }
        if (volume.path(CLAIM).isObject()) {
            return new VolumeSource(CLAIM, volume.path(CLAIM).path("claimName").asText(), Optional.empty());
        }
        String type = CONFIGURATION.stream()
                .filter(volume::hasNonNull)
                .findFirst()
                .or(() -> OTHERS.stream().filter(volume::hasNonNull).findFirst())
                .orElse(volume.has("capacity") ? "other" : "emptyDir");
        return new VolumeSource(type, "", Optional.empty());
    }

    boolean isData() {
        return !CONFIGURATION.contains(type);
    }
}
