package io.upstep.standalone;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The disk of the simulated node: what pods have at a host path is really in a directory. */
final class ClearmlDisk {
    private final Path root;

    ClearmlDisk(Path root) {
        this.root = root;
    }

    Path at(String hostPath) {
        return root.resolve(hostPath.substring(1));
    }

    /** Where a path in the pod's first container really is; what is on no volume stays as it is. */
    String real(Pod pod, String path) {
        return mount(pod, path)
                .map(mount -> directory(pod, mount)
                        + path.substring(mount.getMountPath().length()))
                .orElse(path);
    }

    private Path directory(Pod pod, VolumeMount mount) {
        Volume volume = pod.getSpec().getVolumes().stream()
                .filter(v -> v.getName().equals(mount.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no volume for the mount " + mount.getName()));
        Path directory = at(volume.getHostPath().getPath());
        boolean mustBeThere = "Directory".equals(volume.getHostPath().getType());
        if (mustBeThere && !Files.isDirectory(directory)) {
            throw new IllegalStateException(
                    "hostPath type check failed: " + volume.getHostPath().getPath() + " is not a directory");
        }
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<VolumeMount> mount(Pod pod, String path) {
        Container container = pod.getSpec().getContainers().get(0);
        return container.getVolumeMounts().stream()
                .filter(mount -> path.equals(mount.getMountPath()) || path.startsWith(mount.getMountPath() + "/"))
                .findFirst();
    }
}
