package io.upstep.planner.messaging;

import io.smallrye.health.api.Wellness;
import io.upstep.planner.plan.Hold;
import io.upstep.planner.plan.PlanException;
import io.upstep.planner.store.Figures;
import io.upstep.planner.store.Maintenance;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Well while no plan is silently stuck: promise 2 of the design. It says nothing about being ready, because a planner must
 * stay reachable for those who help a plan on.
 */
@Wellness
@ApplicationScoped
public class PlansWellness implements HealthCheck {
    private final Maintenance maintenance;

    @Inject
    public PlansWellness(Maintenance maintenance) {
        this.maintenance = maintenance;
    }

    @Override
    public HealthCheckResponse call() {
        try {
            Figures figures = maintenance.figures();
            var response = HealthCheckResponse.named("plans")
                    .status(figures.stuck().isEmpty())
                    .withData("alerted", figures.holds().getOrDefault(Hold.ALERT, 0L));
            return figures.stuck().isEmpty()
                    ? response.build()
                    : response.withData("stuck", String.join(", ", figures.stuck()))
                            .build();
        } catch (PlanException e) {
            return HealthCheckResponse.named("plans")
                    .down()
                    .withData("problem", e.getMessage())
                    .build();
        }
    }
}
