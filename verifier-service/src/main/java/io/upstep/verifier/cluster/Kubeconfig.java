package io.upstep.verifier.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the ways to clusters are written down: a kubeconfig file or, without one, the pod's service account. */
final class Kubeconfig {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private final Optional<String> configured;
    private final Map<String, String> environment;
    private final Path serviceAccount;

    Kubeconfig(Optional<String> configured) {
        this(configured, System.getenv(), SERVICE_ACCOUNT);
    }

    Kubeconfig(Optional<String> configured, Map<String, String> environment, Path serviceAccount) {
        this.configured = configured.filter(path -> !path.isBlank());
        this.environment = environment;
        this.serviceAccount = serviceAccount;
    }

    /** When the file was last written, so that a new one is noticed; 0 without a file. */
    long lastWritten() {
        return file().map(path -> path.toFile().lastModified()).orElse(0L);
    }

    /** Whether there is no file, so that the pod's service account is used. */
    boolean isServiceAccount() {
        return file().isEmpty() && Files.exists(serviceAccount);
    }

    /**
     * How to reach the cluster.
     *
     * @param alone whether it is the only cluster served, so that the only context there is must be its own
     */
    Config config(ClusterRef cluster, boolean alone) {
        Optional<Path> file = file();
        if (file.isPresent()) {
            return fromFile(file.get(), cluster, alone);
        }
        if (!Files.exists(serviceAccount)) {
            throw new NoAnswerException("expected a kubeconfig file at " + places()
                    + " or a pod's service account, and there is none (yet); set UPSTEP_KUBECONFIG");
        }
        if (!alone || cluster.context() != null) {
            throw new NoAnswerException("the pod's service account leads to one cluster only; to reach '"
                    + cluster.name() + "' set UPSTEP_KUBECONFIG");
        }
        return Config.autoConfigure(null);
    }

    private static Config fromFile(Path file, ClusterRef cluster, boolean alone) {
        List<String> contexts = read(file, null).getContexts().stream()
                .map(NamedContext::getName)
                .toList();
        String wanted = cluster.context() == null ? cluster.name() : cluster.context();
        if (contexts.contains(wanted)) {
            return read(file, wanted);
        }
        // Any other guess could lead to another cluster than the one meant.
        if (cluster.context() == null && alone && contexts.size() == 1) {
            return read(file, contexts.get(0));
        }
        throw new NoAnswerException("expected the context '" + wanted + "' in " + file + ", which has " + contexts
                + "; write upstep.clusters=" + cluster.name() + "=<context>");
    }

    private static Config read(Path file, String context) {
        try {
            return Config.fromKubeconfig(context, Files.readString(file), file.toString());
        } catch (IOException | KubernetesClientException | IllegalArgumentException e) {
            throw new NoAnswerException("cannot read the kubeconfig file " + file + ": " + e.getMessage(), e);
        }
    }

    private Optional<Path> file() {
        return candidates().filter(Files::isRegularFile).findFirst();
    }

    private Stream<Path> candidates() {
        if (configured.isPresent()) {
            return Stream.of(Path.of(configured.get()));
        }
        Stream<Path> named = Stream.ofNullable(environment.get("KUBECONFIG"))
                .flatMap(list -> Stream.of(list.split(File.pathSeparator)))
                .filter(path -> !path.isBlank())
                .map(Path::of);
        Stream<Path> home =
                Stream.ofNullable(environment.get("HOME")).map(directory -> Path.of(directory, ".kube", "config"));
        return Stream.concat(named, home);
    }

    private String places() {
        return String.join(" or ", candidates().map(Path::toString).toList());
    }
}
