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
 * without one, the planner does not start. With a key, everything under /api asks for it.
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
        Optional<String> key = config.key();
        if (key.isEmpty() || !request.normalizedPath().startsWith("/api/") || matches(key.get(), request)) {
            request.next();
            return;
        }
        RawProblems.end(
                request,
                Problem.of(
                        ProblemCode.UNAUTHENTICATED,
                        "'Authorization: Bearer <API key>'",
                        request.request().getHeader("Authorization") == null ? "no such header" : "another key",
                        "Send the key that the planner was started with (UPSTEP_PLANNER_API_KEY)."));
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
