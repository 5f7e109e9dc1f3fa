package io.upstep.executor.messaging;

import io.upstep.executor.cluster.Clusters;
import io.upstep.executor.run.Executions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while it takes work. A cluster that does not answer is told in its presence and in a metric instead: it must not
 * take the executor from the other clusters.
 */
@Readiness
@ApplicationScoped
public class ExecutorReadiness implements HealthCheck {
    private final Executions executions;
    private final Clusters clusters;

    public ExecutorReadiness(Executions executions, Clusters clusters) {
        this.executions = executions;
        this.clusters = clusters;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("executor")
                .withData("running", executions.count())
                .withData("clusters", String.join(",", clusters.names()));
        if (executions.isStopping()) {
            return response.down().withData("problem", "stopping").build();
        }
        if (clusters.names().isEmpty()) {
            return response.down()
                    .withData("problem", "no cluster in upstep.clusters")
                    .build();
        }
        return response.up().build();
    }
}
