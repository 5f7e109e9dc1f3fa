package io.upstep.executor.action.route;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** A way through the API server to a ready pod behind a Service, from a port of this machine's own. */
final class ForwardedRoute implements Route {
    private static final Logger LOG = Logger.getLogger(ForwardedRoute.class);

    private final Place place;
    private final Service service;
    private final StepContext context;
    private LocalPortForward forward;

    ForwardedRoute(Place place, Service service, StepContext context) {
        this.place = place;
        this.service = service;
        this.context = context;
    }

    @Override
    public synchronized Address address() {
        if (forward == null || !forward.isAlive() || forward.errorOccurred()) {
            close();
            forward = opened();
        }
        return new Address(InetAddress.getLoopbackAddress().getHostAddress(), forward.getLocalPort());
    }

    private LocalPortForward opened() {
        Pod pod = readyPod();
        int port = targetPort(pod);
        context.log("reaching Service " + place.service() + " through the API server: pod "
                + pod.getMetadata().getName() + ", port " + port);
        return context.client()
                .pods()
                .inNamespace(context.namespace())
                .withName(pod.getMetadata().getName())
                // By itself it would listen to the whole network.
                .portForward(port, InetAddress.getLoopbackAddress(), 0);
    }

    private Pod readyPod() {
        Map<String, String> selector = service.getSpec().getSelector();
        if (selector == null || selector.isEmpty()) {
            throw ActionException.permanent(
                    "service-without-pods",
                    "expected Service " + place.service() + " to select pods, but it does not; name what is behind it"
                            + " as 'connection.host'");
        }
        List<Pod> pods = context.client()
                .pods()
                .inNamespace(context.namespace())
                .withLabels(selector)
                .list()
                .getItems();
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(Readiness::isPodReady)
                .findFirst()
                .orElseThrow(() -> ActionException.passing(
                        "service-without-pods",
                        "expected a ready pod behind Service " + place.service() + ", none of " + pods.size() + " is"));
    }

    private int targetPort(Pod pod) {
        ServicePort port = service.getSpec().getPorts().stream()
                .filter(one -> place.port() == one.getPort())
                .findFirst()
                .orElseThrow(() -> ActionException.permanent(
                        "service-without-port",
                        "expected Service " + place.service() + " to have the port " + place.port() + ", it has "
                                + service.getSpec().getPorts().stream()
                                        .map(ServicePort::getPort)
                                        .toList()));
        if (port.getTargetPort() == null) {
            return port.getPort();
        }
        Integer number = port.getTargetPort().getIntVal();
        return number != null && number > 0
                ? number
                : named(pod, port.getTargetPort().getStrVal());
    }

    private int named(Pod pod, String name) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> name != null && name.equals(port.getName()))
                .findFirst()
                .orElseThrow(() -> ActionException.permanent(
                        "service-without-port",
                        "expected a port called '" + name + "' in pod "
                                + pod.getMetadata().getName() + ", which has none"))
                .getContainerPort();
    }

    @Override
    public synchronized void close() {
        try {
            if (forward != null) {
                forward.close();
            }
        } catch (IOException e) {
            LOG.debugf("A port-forward was gone before it was closed: %s", e.getMessage());
        }
        forward = null;
    }
}
