package io.upstep.executor.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.upstep.event.WorkerSeen.ClusterSeen;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Knows of each cluster whether it answered when it was last asked, and why not. */
@ApplicationScoped
public class ClusterProbes {
    private static final Logger LOG = Logger.getLogger(ClusterProbes.class);

    private final Clusters clusters;
    private final Map<String, ClusterSeen> seen = new ConcurrentHashMap<>();

    public ClusterProbes(Clusters clusters, MeterRegistry metrics) {
        this.clusters = clusters;
        for (String name : clusters.names()) {
            seen.put(name, new ClusterSeen(name, null, "not asked yet"));
            Gauge.builder(
                            "upstep.executor.cluster.reachable",
                            () -> seen.get(name).problem() == null ? 1 : 0)
                    .description("Whether the cluster's API server answered when last asked")
                    .tag("cluster", name)
                    .register(metrics);
        }
    }

    public List<ClusterSeen> seen() {
        return clusters.names().stream().map(seen::get).toList();
    }

    /** Asks the cluster now: a real round trip. */
    public void probe(String name) {
        ClusterSeen now = look(name);
        ClusterSeen before = seen.put(name, now);
        if (now.problem() != null && !now.problem().equals(before.problem())) {
            LOG.warnf("Cluster %s cannot be reached, trying on: %s", name, now.problem());
        } else if (now.problem() == null && before.problem() != null) {
            LOG.infof("Cluster %s answers, Kubernetes %s", name, now.kubernetes());
        }
    }

    private ClusterSeen look(String name) {
        try {
            return new ClusterSeen(
                    name, clusters.client(name).getKubernetesVersion().getGitVersion(), null);
        } catch (ClusterUnavailableException e) {
            return new ClusterSeen(name, null, e.getMessage());
        } catch (KubernetesClientException e) {
            return new ClusterSeen(name, null, "the API server does not answer as expected: " + deepest(e));
        }
    }

    private static String deepest(Throwable e) {
        return e.getCause() == null ? String.valueOf(e.getMessage()) : deepest(e.getCause());
    }
}
