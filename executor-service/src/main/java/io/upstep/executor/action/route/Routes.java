package io.upstep.executor.action.route;

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

/** Finds the way to a server: directly, or through the API server to a pod behind a Service. */
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

    /**
     * @throws ActionException {@code service-not-found}, and on {@link Route#address} {@code service-without-pods} (also
     *     while none is ready) and {@code service-without-port}
     */
    public Route to(Place place, StepContext context) {
        if (place.service() == null) {
            return direct(place.host(), place.port());
        }
        Service service = service(place.service(), context);
        String external = service.getSpec().getExternalName();
        if (external != null && !external.isBlank()) {
            return direct(external, place.port());
        }
        return forwards(context.client())
                ? new ForwardedRoute(place, service, context)
                : direct(place.service() + "." + context.namespace() + ".svc", place.port());
    }

    private static Service service(String name, StepContext context) {
        return Optional.ofNullable(context.client()
                        .services()
                        .inNamespace(context.namespace())
                        .withName(name)
                        .get())
                .orElseThrow(() -> ActionException.permanent(
                        "service-not-found",
                        "expected Service " + name + " in namespace " + context.namespace() + ", which is not there"));
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

    private static Route direct(String host, int port) {
        return new Route() {
            @Override
            public Address address() {
                return new Address(host, port);
            }

            @Override
            public void close() {
                // Nothing was opened.
            }
        };
    }
}
