package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.verifier.cluster.KubeObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The volumes of a workload's pods, and which of them hold data.
 *
 * @param mountedAsData the names of those that are mounted where images keep their data
 */
record DataVolumes(List<DataVolume> all, Set<String> mountedAsData) {
    private static final Set<String> CONFIGURATION = Set.of("configMap", "secret", "projected", "downwardAPI", "image");
    private static final Pattern DATA_PATH =
            Pattern.compile("/(bitnami|data|var/lib|var/opt|usr/share/elasticsearch/data|opt/[^/]+/data)(/.*)?");

    static DataVolumes of(KubeObject workload) {
        String pod = workload.kind().equals("Pod") ? "/spec" : "/spec/template/spec";
        List<DataVolume> all = new ArrayList<>();
        workload.each(pod + "/volumes").stream()
                .filter(volume -> !volume.at("/emptyDir/medium").asText().equals("Memory"))
                .map(DataVolume::of)
                .forEach(all::add);
        workload.each("/spec/volumeClaimTemplates")
                .forEach(template -> all.add(DataVolume.ofTemplate(template, workload)));
        Set<String> mounted = new HashSet<>();
        workload.each(pod + "/containers").forEach(container -> addDataMounts(container, mounted));
        return new DataVolumes(all, mounted);
    }

    private static void addDataMounts(JsonNode container, Set<String> mounted) {
        container.path("volumeMounts").forEach(mount -> {
            if (DATA_PATH.matcher(mount.path("mountPath").asText()).matches()) {
                mounted.add(mount.path("name").asText());
            }
        });
    }

    /** The one of that name; else those mounted as data, else those that persist, else whatever there is. */
    List<DataVolume> meant(String name) {
        if (name != null) {
            return all.stream().filter(volume -> volume.name().equals(name)).toList();
        }
        List<DataVolume> data = all.stream()
                .filter(volume -> !CONFIGURATION.contains(volume.kind()))
                .toList();
        List<DataVolume> mounted = only(data, volume -> mountedAsData.contains(volume.name()));
        List<DataVolume> persistent = only(data, DataVolume::isPersistent);
        return !mounted.isEmpty() ? mounted : !persistent.isEmpty() ? persistent : data;
    }

    List<String> names() {
        return all.stream().map(DataVolume::name).toList();
    }

    private static List<DataVolume> only(List<DataVolume> volumes, Predicate<DataVolume> which) {
        return volumes.stream().filter(which).toList();
    }
}
