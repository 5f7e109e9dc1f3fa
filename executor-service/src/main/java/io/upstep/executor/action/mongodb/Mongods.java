package io.upstep.executor.action.mongodb;

import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Route;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Opens sessions with MongoDB servers, each time anew. */
@ApplicationScoped
public class Mongods {
    private final Routes routes;
    private final Duration connectTimeout;

    @Inject
    public Mongods(Routes routes, ExecutorConfig config) {
        this(routes, config.connectionTimeout());
    }

    Mongods(Routes routes, Duration connectTimeout) {
        this.routes = routes;
        this.connectTimeout = connectTimeout;
    }

    MongodSession open(Mongod mongod, StepContext context) {
        Route route = routes.to(mongod.place(), context);
        try {
            return MongodSession.open(mongod, route, connectTimeout, context);
        } catch (RuntimeException e) {
            route.close();
            throw e;
        }
    }
}
