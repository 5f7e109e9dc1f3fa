package io.upstep.planner.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.ext.web.RoutingContext;

/** Ends a request with a problem before any resource has seen it. */
final class RawProblems {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RawProblems() {}

    static void end(RoutingContext request, Problem problem) {
        request.response().setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (problem.status() == 401) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
        }
        request.response().end(json(problem));
    }

    private static String json(Problem problem) {
        try {
            return MAPPER.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem document is made of texts and numbers only", e);
        }
    }
}
