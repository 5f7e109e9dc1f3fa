package io.upstep.planner.api;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Lets in who may come in. Without a key the API is open, and therefore only ever on loopback: bound to another address
 * without one, the planner does not start, and no other site's page may use it. With a key, everything under /api asks for it.
 */
@ApplicationScoped
public class Access {
    private static final int PRIORITY = 200;
    private static final String BEARER = "Bearer ";

    private final ApiConfig config;
    private final String host;

    Access(ApiConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.config = config;
        this.host = host;
    }

    void refuseToBeOpen(@Observes StartupEvent started) throws UnknownHostException {
        boolean reachable = !InetAddress.getByName(host).isLoopbackAddress();
        if (reachable && config.key().isEmpty()) {
            throw new IllegalStateException("The planner would answer on " + host
                    + " to anybody. Expected an API key for an address that is not loopback: set UPSTEP_PLANNER_API_KEY,"
                    + " or QUARKUS_HTTP_HOST=127.0.0.1.");
        }
    }

    void guard(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext request) {
        Optional<Problem> refusal = refusal(request);
        if (refusal.isPresent()) {
            RawProblems.end(request, refusal.get());
        } else {
            request.next();
        }
    }

    private Optional<Problem> refusal(RoutingContext request) {
        // Path parameters ("/api;x/v1") would be read away behind this guard's back, and nothing here has any.
        if (request.request().path().indexOf(';') >= 0) {
            return Optional.of(Problem.of(
                    ProblemCode.NOT_FOUND,
                    "a path without ';'",
                    "one with it",
                    "See /q/swagger-ui for the paths there are."));
        }
        if (isForeign(request)) {
            return Optional.of(Problem.of(
                    ProblemCode.FOREIGN_ORIGIN,
                    "a request from this planner's own pages, or from no web page at all",
                    "one that another site's page has made",
                    "Open the console under the address the planner listens on."));
        }
        Optional<String> key = config.key();
        if (key.isEmpty() || isOpen(request.normalizedPath()) || matches(key.get(), request)) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                ProblemCode.UNAUTHENTICATED,
                "'Authorization: Bearer <API key>'",
                request.request().getHeader("Authorization") == null ? "no such header" : "another key",
                "Send the key that the planner was started with (UPSTEP_PLANNER_API_KEY)."));
    }

    /** The console's files hold no secrets; health, metrics and the API's description are for machines. */
    private static boolean isOpen(String path) {
        return path.startsWith("/q/") || !path.startsWith("/api") && !path.startsWith("//");
    }

    /**
     * Without a key, whatever runs in a browser on this machine could reach the planner: a page of another site by a plain
     * form, or, having its own name point to loopback, as if it were ours.
     */
    private boolean isForeign(RoutingContext request) {
        String origin = request.request().getHeader("Origin");
        String host = request.request().getHeader("Host");
        boolean otherPage = origin != null && (host == null || !origin.endsWith("://" + host));
        return otherPage || config.key().isEmpty() && host != null && !isLoopback(host);
    }

    private static boolean isLoopback(String host) {
        String name = host.replaceFirst(":\\d+$", "");
        return name.equalsIgnoreCase("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static boolean matches(String key, RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        return header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(bytes(key), bytes(header.substring(BEARER.length())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
