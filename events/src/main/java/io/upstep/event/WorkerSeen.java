package io.upstep.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Executor or verifier to planner: I am here, for these clusters.
 *
 * @param worker unique per process
 * @param capabilities the actions, or checks and probes, it knows
 * @param interval how often it says so; one not heard of for three of these is gone
 * @param stopping said once, as the last thing, by a worker that stops in good order
 */
public record WorkerSeen(
        String worker,
        EventType.Role role,
        String version,
        List<ClusterSeen> clusters,
        List<String> capabilities,
        Instant startedAt,
        Duration interval,
        boolean stopping)
        implements EventData {
    public WorkerSeen {
        Require.text(worker, "worker");
        Require.present(role, "role");
        clusters = Require.list(clusters, "clusters");
        capabilities = Require.list(capabilities, "capabilities");
        Require.present(startedAt, "startedAt");
        Require.positive(interval, "interval");
    }

    @Override
    public String subject() {
        return worker;
    }

    @Override
    public String cluster() {
        return null;
    }

    /**
     * A cluster as the worker sees it.
     *
     * @param kubernetes the API server's version; null while it cannot be reached
     * @param problem why it cannot be reached; null when it can
     */
    public record ClusterSeen(String name, String kubernetes, String problem) {
        public ClusterSeen {
            Require.text(name, "cluster.name");
        }
    }
}
