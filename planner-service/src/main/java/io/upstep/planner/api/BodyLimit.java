package io.upstep.planner.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Turns away bodies that are too large before a byte of them is read. One that does not say its length is
 * judged when it has come, and cut off by the server's own, larger limit ({@code quarkus.http.limits.max-body-size}).
 */
@ApplicationScoped
public class BodyLimit {
    private static final int PRIORITY = 150;

    private final ApiConfig config;

    BodyLimit(ApiConfig config) {
        this.config = config;
    }

    void guard(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext request) {
        String length = request.request().getHeader("Content-Length");
        if (length == null || length.length() > 18 || !tooLong(length)) {
            request.next();
            return;
        }
        request.response().putHeader("Connection", "close");
        RawProblems.end(request, tooLarge(length));
    }

    /** @throws ProblemException {@code BODY_TOO_LARGE} for a body that did not say its length, and is too long */
    byte[] checked(byte[] body) {
        if (body != null && body.length > config.maxBody()) {
            throw new ProblemException(tooLarge(String.valueOf(body.length)));
        }
        return body;
    }

    private Problem tooLarge(String length) {
        return Problem.of(
                ProblemCode.BODY_TOO_LARGE,
                "a body of " + config.maxBody() + " bytes at most",
                length + " bytes",
                "A plan names what to do; large things belong into the installation.");
    }

    private boolean tooLong(String length) {
        return length.matches("\\d+") && Long.parseLong(length) > config.maxBody();
    }
}
