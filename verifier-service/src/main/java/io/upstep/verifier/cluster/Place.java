package io.upstep.verifier.cluster;

import java.util.Optional;

/**
 * Where a server is that a check or probe asks. It may name none, because a parameter was left empty; then {@link #gap} says
 * what is missing.
 *
 * @param host a name or address that the verifier itself can reach; or
 * @param service a Service in the installation's namespace
 * @param port the port of the host, or of the Service
 */
public record Place(String host, String service, int port) {
    private static final int LAST_PORT = 65_535;

    public Place {
        host = blankToNull(host);
        service = blankToNull(service);
        if (host != null && service != null) {
            throw new IllegalArgumentException("expected 'host' or 'service', came both");
        }
        if (host != null && !host.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:]+")) {
            throw new IllegalArgumentException("expected 'host' to be a host's name, came '" + host + "'");
        }
        if (service != null && !service.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
            throw new IllegalArgumentException("expected 'service' to be a Service's name, came '" + service + "'");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("expected 'port' to be 1 to " + LAST_PORT + ", came " + port);
        }
    }

    /** What is missing to connect. */
    public Optional<String> gap() {
        return host == null && service == null
                ? Optional.of("no server to ask: 'host' and 'service' are empty")
                : Optional.empty();
    }

    /** @throws NoAnswerException if there is no way now, or nothing to go to */
    public Tunnel open(ClusterReader cluster, String namespace) {
        gap().ifPresent(gap -> {
            throw new NoAnswerException(gap);
        });
        return host == null ? cluster.reach(namespace, service, port) : Tunnel.direct(host, port);
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        return (host == null ? "Service " + service : host) + ":" + port;
    }
}
