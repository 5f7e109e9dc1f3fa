package io.upstep.planner.messaging;

import io.upstep.planner.plan.PlanException;
import io.upstep.planner.plan.Plans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the database answers a real question. */
@Readiness
@ApplicationScoped
public class StoreReadiness implements HealthCheck {
    private final Plans plans;

    @Inject
    public StoreReadiness(Plans plans) {
        this.plans = plans;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            return HealthCheckResponse.named("planner-store")
                    .up()
                    .withData("journal", plans.lastPosition())
                    .build();
        } catch (PlanException e) {
            return HealthCheckResponse.named("planner-store")
                    .down()
                    .withData("problem", e.getMessage())
                    .build();
        }
    }
}
