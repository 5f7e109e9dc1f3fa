package io.upstep.executor.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.upstep.executor.ExecutorConfig;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The configured clusters, and a client for each, built when first needed and again when the kubeconfig file changes. */
@ApplicationScoped
public class Clusters {
    private static final int RETRIES = 2;

    private final List<ClusterName> configured;
    private final Kubeconfig kubeconfig;
    private final Duration connectionTimeout;
    private final Duration requestTimeout;
    private final Map<String, Connected> connected = new HashMap<>();
    // A running step may still use the client of an older file: they are closed together, at the end.
    private final List<KubernetesClient> opened = new ArrayList<>();

    private record Connected(String fingerprint, KubernetesClient client) {}

    @Inject
    public Clusters(ExecutorConfig config) {
        this(
                config.clusters().orElse(List.of()).stream()
                        .filter(text -> !text.isBlank())
                        .map(ClusterName::parse)
                        .toList(),
                new Kubeconfig(config.kubeconfig()),
                config.connectionTimeout(),
                config.requestTimeout());
    }

    Clusters(List<ClusterName> configured, Kubeconfig kubeconfig, Duration connectionTimeout, Duration requestTimeout) {
        this.configured = configured;
        this.kubeconfig = kubeconfig;
        this.connectionTimeout = connectionTimeout;
        this.requestTimeout = requestTimeout;
    }

    public List<String> names() {
        return configured.stream().map(ClusterName::name).toList();
    }

    /**
     * @return shared, not to be closed
     * @throws ClusterUnavailableException when there is no way to it at the moment
     */
    public synchronized KubernetesClient client(String name) {
        ClusterName cluster = configured.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClusterUnavailableException(
                        "expected one of the configured clusters " + names() + ", came '" + name + "'"));
        String fingerprint = kubeconfig.fingerprint();
        Connected known = connected.get(name);
        if (known == null || !known.fingerprint().equals(fingerprint)) {
            known = new Connected(fingerprint, build(cluster));
            connected.put(name, known);
            opened.add(known.client());
        }
        return known.client();
    }

    private KubernetesClient build(ClusterName cluster) {
        Config config = kubeconfig.config(cluster, configured.size() == 1);
        config.setConnectionTimeout((int) connectionTimeout.toMillis());
        config.setRequestTimeout((int) requestTimeout.toMillis());
        config.setRequestRetryBackoffLimit(RETRIES);
        config.setUserAgent("upstep-executor");
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @PreDestroy
    synchronized void close() {
        opened.forEach(KubernetesClient::close);
        opened.clear();
        connected.clear();
    }
}
