package io.upstep.verifier.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while it accepts requests; whether the broker answers is the broker's own health check. */
@Readiness
@ApplicationScoped
public class VerifierReadiness implements HealthCheck {
    private final Desk desk;

    public VerifierReadiness(Desk desk) {
        this.desk = desk;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("verifier")
                .status(desk.isOpen())
                .withData("running", desk.running())
                .build();
    }
}
