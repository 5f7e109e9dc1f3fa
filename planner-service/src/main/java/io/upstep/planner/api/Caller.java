package io.upstep.planner.api;

import jakarta.enterprise.context.ApplicationScoped;

/** Who makes a request, as the journal will name them. */
@ApplicationScoped
public class Caller {
    private final ApiConfig config;

    Caller(ApiConfig config) {
        this.config = config;
    }

    public String name() {
        return config.key().isPresent() ? "api-key" : "local";
    }
}
