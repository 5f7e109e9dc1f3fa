package io.upstep.planner.store;

import io.upstep.planner.plan.PlanException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The clusters plans are taken for: those named in the configuration, and those executors and verifiers were seen for. */
@Singleton
public class KnownClusters {
    private final List<String> configured;

    @Inject
    public KnownClusters(StoreConfig config) {
        configured = config.clusters().orElse(List.of()).stream()
                .map(cluster -> cluster.split("=", 2)[0].strip())
                .toList();
    }

    void require(Connection connection, String cluster, Instant now) throws SQLException {
        if (configured.contains(cluster)) {
            return;
        }
        Set<String> known = new TreeSet<>(configured);
        WorkerTable.all(connection, now)
                .forEach(worker -> worker.said().clusters().forEach(seen -> known.add(seen.name())));
        if (!known.contains(cluster)) {
            throw new PlanException(
                    PlanException.Code.UNKNOWN_CLUSTER,
                    known.isEmpty() ? "a cluster that an executor or verifier serves" : "one of the clusters " + known,
                    "'" + cluster + "'",
                    known.isEmpty()
                            ? "no executor or verifier has reported yet: start one, or wait until it has"
                            : "name one of these, or start an executor and a verifier for it");
        }
    }
}
