package io.upstep.planner.api;

import io.upstep.planner.plan.PlanException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever ends a request badly into a problem document. */
class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response problem(ProblemException e) {
        return response(e.problem());
    }

    @ServerExceptionMapper
    Response plan(PlanException e) {
        ProblemCode code = ProblemCode.named(e.code().text()).orElseThrow();
        return response(Problem.of(code, e.expected(), e.actual(), e.remedy()).about(e.otherPlanId()));
    }

    /** What the framework itself refuses: no such path, method, or media type. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e, @Context UriInfo uri) {
        String path = uri.getPath();
        return switch (e.getResponse().getStatus()) {
            case 404 ->
                response(Problem.of(
                        ProblemCode.NOT_FOUND,
                        "a path of this API",
                        path,
                        "See /q/swagger-ui for the paths there are."));
            case 405 ->
                response(Problem.of(
                        ProblemCode.METHOD_NOT_ALLOWED,
                        "a method that " + path + " knows",
                        "another",
                        "See /q/swagger-ui for the methods there are."));
            case 406 ->
                response(Problem.of(
                        ProblemCode.NOT_ACCEPTABLE,
                        "an Accept header this resource can meet",
                        "another",
                        "Ask for application/json, or text/event-stream for events."));
            case 415 ->
                response(Problem.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Type: application/json",
                        "another",
                        "Send JSON and say so in the Content-Type header."));
            default ->
                e.getResponse().getStatus() < 500
                        ? response(Problem.of(
                                ProblemCode.INVALID_PARAMETER, "a valid request", text(e), "Correct the request."))
                        : unexpected(e);
        };
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(e, "Request failed, reference %s", reference);
        return response(Problem.of(
                ProblemCode.INTERNAL,
                "no failure",
                "one, written to the planner's log under " + reference,
                "Look there, or report it with that reference. Nothing was half done: try again."));
    }

    static Response response(Problem problem) {
        Response.ResponseBuilder builder =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == 503) {
            builder.header("Retry-After", 5);
        }
        return builder.build();
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
