package io.upstep.executor.action.pachyderm;

import io.upstep.executor.action.route.Place;

/**
 * Which pachd, as a step names it.
 *
 * @param host a name or address that the executor itself can reach; or else
 * @param service a Service in the installation's namespace, reached through the API server where there is no other way
 * @param port 650 if not said, on which pachd's Service has it; its node port is 30650
 */
public record Connection(String host, String service, Integer port) {
    private static final int PORT = 650;

    public Connection {
        port = new Place(host, service, port == null ? PORT : port).port();
    }

    Place place() {
        return new Place(host, service, port);
    }

    static void require(Connection connection) {
        if (connection == null) {
            throw new IllegalArgumentException("expected 'connection', which is missing");
        }
    }

    @Override
    public String toString() {
        return "pachd at " + place();
    }
}
