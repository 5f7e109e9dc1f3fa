package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.upstep.executor.action.route.Place;

/**
 * Which Elasticsearch, as a step names it.
 *
 * @param host a name or address that the executor itself can reach; or else
 * @param service a Service in the installation's namespace, reached through the API server where there is no other way
 * @param port 9200 if not said
 * @param tls whether it is spoken to over TLS, with a certificate the executor's Java trusts
 * @param secretRef the Secret, in the installation's namespace, with user and password; without it there is neither
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Connection(String host, String service, Integer port, Boolean tls, SecretRef secretRef) {
    private static final int PORT = 9200;

    public Connection {
        port = new Place(host, service, port == null ? PORT : port).port();
        tls = tls != null && tls;
    }

    /**
     * Where user and password are.
     *
     * @param userKey the key of the user's name; username if not said
     * @param passwordKey the key of the password; password if not said
     */
    public record SecretRef(String name, String userKey, String passwordKey) {
        public SecretRef {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("expected 'connection.secretRef.name', which is missing");
            }
            userKey = userKey == null ? "username" : userKey;
            passwordKey = passwordKey == null ? "password" : passwordKey;
        }
    }

    Place place() {
        return new Place(host, service, port);
    }

    static void require(String key, Connection connection) {
        if (connection == null) {
            throw new IllegalArgumentException("expected '" + key + "', which is missing");
        }
    }

    @Override
    public String toString() {
        return "Elasticsearch at " + place();
    }
}
