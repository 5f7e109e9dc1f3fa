package io.upstep.verifier.check.elasticsearch;

import io.upstep.verifier.cluster.Place;
import java.util.Optional;

/**
 * Which Elasticsearch, as recipes name it. What is empty is allowed here, because a parameter may leave it so; then there is
 * nobody to ask, and {@link #gap} says what is missing.
 *
 * @param host a name or address that the verifier itself can reach; or
 * @param service a Service in the installation's namespace
 * @param port 9200 if not said
 * @param tls whether it is spoken to over TLS, with a certificate the verifier's Java trusts
 * @param secretRef the Secret, in the installation's namespace, with user and password; without it there is neither
 */
public record Connection(String host, String service, Integer port, Boolean tls, SecretRef secretRef) {
    private static final int PORT = 9200;

    public Connection {
        port = new Place(host, service, port == null ? PORT : port).port();
        tls = tls != null && tls;
    }

    /**
     * Where user and password are.
     *
     * @param name if it is empty there are none
     * @param userKey the key of the user's name; username if not said
     * @param passwordKey the key of the password; password if not said
     */
    public record SecretRef(String name, String userKey, String passwordKey) {
        public SecretRef {
            userKey = isBlank(userKey) ? "username" : userKey;
            passwordKey = isBlank(passwordKey) ? "password" : passwordKey;
        }
    }

    static void require(String key, Connection connection) {
        if (connection == null) {
            throw new IllegalArgumentException("expected '" + key + "', which is missing");
        }
    }

    Place place() {
        return new Place(host, service, port);
    }

    Optional<String> gap() {
        return place().gap();
    }

    Optional<SecretRef> login() {
        return Optional.ofNullable(secretRef).filter(ref -> !isBlank(ref.name()));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    @Override
    public String toString() {
        return "Elasticsearch at " + place();
    }
}
