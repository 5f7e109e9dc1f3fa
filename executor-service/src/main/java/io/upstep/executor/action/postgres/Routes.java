package io.upstep.executor.action.postgres;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.Optional;

/** Finds the way to a database: directly, or through the API server to a pod behind a Service. */
@ApplicationScoped
public class Routes {
    private static final String IN_CLUSTER = "kubernetes.default.svc";

    private final PortForward portForward;
    private final Optional<String> ownCluster;

    @Inject
    public Routes(ExecutorConfig config) {
        this(config.portForward(), Optional.ofNullable(System.getenv("KUBERNETES_SERVICE_HOST")));
    }

    /** @param ownCluster the API server's address in the cluster this process runs in, if it does */
    public Routes(PortForward portForward, Optional<String> ownCluster) {
        this.portForward = portForward;
        this.ownCluster = ownCluster;
    }

    Route to(Database database, StepContext context) {
        if (database.service() == null) {
            return direct(database);
        }
        Service service = service(database, context);
        String external = service.getSpec().getExternalName();
        if (external != null && !external.isBlank()) {
            return direct(database.at(external, database.port()));
        }
        return forwards(context.client())
                ? new ForwardedRoute(database, service, context)
                : direct(database.at(database.service() + "." + context.namespace() + ".svc", database.port()));
    }

    private static Service service(Database database, StepContext context) {
        return Optional.ofNullable(context.client()
                        .services()
                        .inNamespace(context.namespace())
                        .withName(database.service())
                        .get())
                .orElseThrow(() -> ActionException.permanent(
                        "service-not-found",
                        "expected Service " + database.service() + " in namespace " + context.namespace()
                                + ", which is not there"));
    }

    private boolean forwards(KubernetesClient client) {
        return switch (portForward) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                ownCluster.filter(own -> isOwn(client.getMasterUrl(), own)).isEmpty();
        };
    }

    /** An executor in one cluster may serve others, whose Services have no names where it is. */
    private static boolean isOwn(URL server, String own) {
        return server.getHost().equals(own) || server.getHost().startsWith(IN_CLUSTER);
    }

    private static Route direct(Database database) {
        return new Route() {
            @Override
            public Database database() {
                return database;
            }

            @Override
            public void close() {
                // Nothing was opened.
            }
        };
    }
}
