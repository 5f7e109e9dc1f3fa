package io.upstep.verifier.messaging;

import io.upstep.broker.RejectedException;
import io.upstep.verifier.cluster.ClusterReader;
import io.upstep.verifier.cluster.Clusters;
import jakarta.enterprise.context.ApplicationScoped;

/** Refuses questions about clusters that are not served here: routed wrongly, they would be answered from the wrong place. */
@ApplicationScoped
public class ServedClusters {
    private final Clusters clusters;

    public ServedClusters(Clusters clusters) {
        this.clusters = clusters;
    }

    ClusterReader require(String cluster) {
        return clusters.reader(cluster)
                .orElseThrow(() -> new RejectedException(
                        "expected one of the clusters " + clusters.names() + ", came '" + cluster + "'"));
    }
}
