package io.upstep.executor.action.elasticsearch;

import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.time.Duration;

/** Opens ways to Elasticsearch nodes. */
@ApplicationScoped
public class Nodes {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);

    private final Routes routes;
    private final Duration patience;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TO_CONNECT)
            .build();

    @Inject
    public Nodes(Routes routes) {
        this(routes, PATIENCE);
    }

    /** @param patience how long a node may be away before that ends an action */
    Nodes(Routes routes, Duration patience) {
        this.routes = routes;
        this.patience = patience;
    }

    Node open(Connection connection, StepContext context) {
        return open(connection, context, patience);
    }

    Node open(Connection connection, StepContext context, Duration itsPatience) {
        return new Node(
                connection,
                routes.to(connection.place(), context),
                Login.read(connection, context),
                new Requests(http),
                itsPatience,
                context);
    }
}
