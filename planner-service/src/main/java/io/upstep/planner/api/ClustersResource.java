package io.upstep.planner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.Blocking;
import io.upstep.event.EventType.Role;
import io.upstep.event.WorkerSeen.ClusterSeen;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.plan.Worker;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Clusters, as the executors and verifiers that serve them have said. */
@Path("/api/v1/clusters")
@Tag(name = "clusters")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class ClustersResource {
    private final Plans plans;

    ClustersResource(Plans plans) {
        this.plans = plans;
    }

    @GET
    @Operation(summary = "Clusters with the executors and verifiers seen, and when they were last heard of")
    public Clusters list() {
        Map<String, ClusterView> byName = new TreeMap<>();
        for (Worker worker : plans.workers()) {
            for (ClusterSeen seen : worker.said().clusters()) {
                ClusterView cluster = byName.computeIfAbsent(
                        seen.name(), name -> new ClusterView(name, new ArrayList<>(), new ArrayList<>()));
                cluster.of(worker.said().role()).add(WorkerView.of(worker, seen));
            }
        }
        return new Clusters(List.copyOf(byName.values()));
    }

    /** Every cluster some worker has ever served. */
    public record Clusters(List<ClusterView> clusters) {}

    /** One cluster. */
    public record ClusterView(String name, List<WorkerView> executors, List<WorkerView> verifiers) {
        List<WorkerView> of(Role role) {
            return role == Role.EXECUTOR ? executors : verifiers;
        }
    }

    /** An executor or verifier of the cluster; {@code problem} says why it cannot reach it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record WorkerView(
            String worker,
            boolean alive,
            Instant lastHeartbeat,
            Instant startedAt,
            String version,
            String kubernetes,
            String problem,
            List<String> capabilities) {

        static WorkerView of(Worker worker, ClusterSeen seen) {
            return new WorkerView(
                    worker.said().worker(),
                    worker.alive(),
                    worker.seenAt(),
                    worker.said().startedAt(),
                    worker.said().version(),
                    seen.kubernetes(),
                    seen.problem(),
                    worker.said().capabilities());
        }
    }
}
