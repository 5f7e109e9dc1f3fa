package io.upstep.verifier.cluster;

import io.fabric8.kubernetes.client.Config;
import io.upstep.verifier.VerifierConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The clusters this verifier serves. Nothing is connected before it is asked for, and a cluster may be away. */
@ApplicationScoped
public class Clusters {
    private final VerifierConfig config;
    private final Kubeconfig kubeconfig;
    private final Map<String, ApiServerReader> readers = new LinkedHashMap<>();
    private final Map<String, LazyApiServer> servers = new LinkedHashMap<>();

    public Clusters(VerifierConfig config) {
        this.config = config;
        this.kubeconfig = new Kubeconfig(config.kubeconfig());
        List<ClusterRef> clusters = config.clusters().orElse(List.of()).stream()
                .filter(text -> !text.isBlank())
                .map(ClusterRef::parse)
                .toList();
        for (ClusterRef cluster : clusters) {
            LazyApiServer server =
                    new LazyApiServer(() -> connect(cluster, clusters.size() == 1), kubeconfig::lastWritten);
            servers.put(cluster.name(), server);
            readers.put(cluster.name(), new ApiServerReader(server, config.bodyLimit(), this::isInside));
        }
    }

    public List<String> names() {
        return List.copyOf(readers.keySet());
    }

    /** The reader of a cluster, if it is one of those served here. */
    public Optional<ClusterReader> reader(String cluster) {
        return Optional.ofNullable(readers.get(cluster));
    }

    @PreDestroy
    void close() {
        servers.values().forEach(LazyApiServer::close);
    }

    /** A kubeconfig may lead anywhere; the pod's own service account leads to the cluster the pod is in. */
    private boolean isInside() {
        return switch (config.portForward()) {
            case ALWAYS -> false;
            case NEVER -> true;
            case AUTO -> kubeconfig.isServiceAccount();
        };
    }

    private ApiServer connect(ClusterRef cluster, boolean alone) {
        Config way = kubeconfig.config(cluster, alone);
        way.setConnectionTimeout((int) config.connectTimeout().toMillis());
        way.setRequestTimeout((int) config.requestTimeout().toMillis());
        // A look is repeated anyway; a retry inside of it only hides how long the server has been silent.
        way.setRequestRetryBackoffLimit(0);
        return new ApiServer(ReadOnlyClient.of(way), config.requestTimeout());
    }
}
