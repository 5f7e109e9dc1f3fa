package io.upstep.verifier.messaging;

import io.upstep.event.WorkerSeen.ClusterSeen;
import io.upstep.verifier.cluster.ClusterReader;
import io.upstep.verifier.cluster.Clusters;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How each cluster was seen when it was last asked, so that saying so never waits for a cluster. */
@ApplicationScoped
public class ClusterWatch {
    private final Clusters clusters;
    private final Map<String, ClusterSeen> seen = new ConcurrentHashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();

    public ClusterWatch(Clusters clusters) {
        this.clusters = clusters;
    }

    List<ClusterSeen> seen() {
        return clusters.names().stream()
                .map(name -> seen.getOrDefault(name, new ClusterSeen(name, null, "not asked yet")))
                .toList();
    }

    /** Does nothing while an earlier look still waits for the cluster. */
    void look(String name) {
        if (asking.add(name)) {
            try {
                clusters.reader(name).ifPresent(reader -> seen.put(name, ask(name, reader)));
            } finally {
                asking.remove(name);
            }
        }
    }

    private static ClusterSeen ask(String name, ClusterReader reader) {
        try {
            return new ClusterSeen(name, reader.serverVersion(), null);
        } catch (NoAnswerException e) {
            return new ClusterSeen(name, null, e.getMessage());
        }
    }
}
