package io.upstep.executor.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the ways to clusters are written down: a kubeconfig file or, without one, the pod's service account. */
public final class Kubeconfig {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    private final Optional<String> configured;
    private final Map<String, String> environment;
    private final Path serviceAccount;

    public Kubeconfig(Optional<String> configured) {
        this(configured, System.getenv(), SERVICE_ACCOUNT);
    }

    Kubeconfig(Optional<String> configured, Map<String, String> environment, Path serviceAccount) {
        this.configured = configured.filter(path -> !path.isBlank());
        this.environment = environment;
        this.serviceAccount = serviceAccount;
    }

    /** Changes whenever the file does, so that whoever holds a client built from it knows to build another. */
    public String fingerprint() {
        return file().map(Kubeconfig::fingerprint).orElse("service-account");
    }

    /**
     * @param alone whether this is the only cluster, so that a file with other context names still cannot be mistaken
     */
    public Config config(ClusterName cluster, boolean alone) {
        Optional<Path> file = file();
        if (file.isPresent()) {
            return fromFile(file.get(), cluster, alone);
        }
        if (Files.exists(serviceAccount)) {
            return fromServiceAccount(cluster, alone);
        }
        throw new ClusterUnavailableException("expected a kubeconfig file at " + places()
                + " or a pod's service account, and there is none; set UPSTEP_KUBECONFIG");
    }

    private static Config fromServiceAccount(ClusterName cluster, boolean alone) {
        if (!alone || cluster.context().isPresent()) {
            throw new ClusterUnavailableException("the pod's service account leads to one cluster only; to reach '"
                    + cluster.name() + "' beside others set UPSTEP_KUBECONFIG");
        }
        return Config.autoConfigure(null);
    }

    private static Config fromFile(Path file, ClusterName cluster, boolean alone) {
        Config config = read(file, null);
        List<String> contexts =
                config.getContexts().stream().map(NamedContext::getName).toList();
        String wanted = cluster.context().orElse(cluster.name());
        if (contexts.contains(wanted)) {
            return read(file, wanted);
        }
        if (cluster.context().isEmpty() && alone && contexts.size() == 1) {
            return read(file, contexts.get(0));
        }
        throw new ClusterUnavailableException("expected the context '" + wanted + "' in " + file + ", which has "
                + contexts + "; write upstep.clusters=" + cluster.name() + "=<context>");
    }

    private static Config read(Path file, String context) {
        try {
            return Config.fromKubeconfig(context, Files.readString(file), file.toString());
        } catch (IOException | KubernetesClientException e) {
            throw new ClusterUnavailableException("cannot read the kubeconfig file " + file + ": " + e.getMessage());
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
        Stream<Path> home = Stream.ofNullable(environment.get("HOME")).map(dir -> Path.of(dir, ".kube", "config"));
        return Stream.concat(named, home).filter(Objects::nonNull);
    }

    private String places() {
        return String.join(" or ", candidates().map(Path::toString).toList());
    }

    private static String fingerprint(Path file) {
        try {
            return file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException e) {
            return file + " unreadable";
        }
    }
}
