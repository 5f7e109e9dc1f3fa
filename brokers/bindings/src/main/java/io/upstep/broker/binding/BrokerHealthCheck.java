package io.upstep.broker.binding;

import io.upstep.broker.Broker;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the broker does not answer or lacks what it should have. Liveness never depends on it: a restart of ours cures nothing. */
@Readiness
@ApplicationScoped
class BrokerHealthCheck implements HealthCheck {
    private final Broker broker;

    BrokerHealthCheck(Broker broker) {
        this.broker = broker;
    }

    @Override
    public HealthCheckResponse call() {
        Broker.Health health = broker.health();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("broker").status(health.up());
        return health.up()
                ? response.build()
                : response.withData("problem", health.problem()).build();
    }
}
