package io.upstep.verifier.messaging;

import io.upstep.verifier.cluster.Clusters;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while it accepts requests of at least one cluster; whether the broker answers is the broker's own health check. A
 * cluster that does not answer is told in its presence instead: it must not take the verifier from the other clusters.
 */
@Readiness
@ApplicationScoped
public class VerifierReadiness implements HealthCheck {
    private final Desk desk;
    private final Clusters clusters;

    public VerifierReadiness(Desk desk, Clusters clusters) {
        this.desk = desk;
        this.clusters = clusters;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("verifier")
                .withData("running", desk.running())
                .withData("clusters", String.join(",", clusters.names()));
        if (!desk.isOpen()) {
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
