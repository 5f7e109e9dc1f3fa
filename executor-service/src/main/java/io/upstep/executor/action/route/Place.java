package io.upstep.executor.action.route;

/**
 * Where a server is, as a step's {@code connection} names it.
 *
 * @param host a name or address that the executor itself can reach; or else
 * @param service a Service in the installation's namespace, reached through the API server where there is no other way
 * @param port the port of the host, or of the Service
 */
public record Place(String host, String service, int port) {
    private static final int LAST_PORT = 65_535;

    public Place {
        if ((host == null) == (service == null)) {
            throw new IllegalArgumentException("expected either 'connection.host' or 'connection.service', came "
                    + (host == null ? "neither" : "both"));
        }
        if (host != null && !host.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:]+")) {
            throw new IllegalArgumentException("expected 'connection.host' to be a host's name, came '" + host + "'");
        }
        if (service != null && !service.matches("[a-z]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "expected 'connection.service' to be a Service's name, came '" + service + "'");
        }
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("expected 'connection.port' to be 1 to " + LAST_PORT + ", came " + port);
        }
    }

    @Override
    public String toString() {
        return (host == null ? "Service " + service : host) + ":" + port;
    }
}
