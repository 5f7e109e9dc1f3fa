package io.upstep.verifier.check.mongodb;

import io.upstep.verifier.cluster.Place;
import java.util.Optional;

/**
 * Which MongoDB server, as recipes name it. What is empty is allowed here, because a parameter may leave it so; then there is
 * nothing to connect to, and {@link #gap} says what is missing.
 *
 * @param host a name or address that the verifier itself can reach; or
 * @param service a Service in the installation's namespace
 * @param port 27017 if not said
 * @param secretRef the Secret, in the installation's namespace, with the login; none if not said
 * @param authenticationDatabase where the user is defined; admin if not said
 */
public record Mongod(String host, String service, Integer port, SecretRef secretRef, String authenticationDatabase) {
    private static final int PORT = 27_017;

    public Mongod {
        port = new Place(host, service, port == null ? PORT : port).port();
        authenticationDatabase = blankToNull(authenticationDatabase) == null ? "admin" : authenticationDatabase;
    }

    /**
     * Where the login is.
     *
     * @param name if empty, the server is asked without a login
     * @param userKey the key of the user's name; username if not said
     * @param passwordKey the key of the password; password if not said
     */
    public record SecretRef(String name, String userKey, String passwordKey) {
        public SecretRef {
            name = blankToNull(name);
            userKey = blankToNull(userKey) == null ? "username" : userKey;
            passwordKey = blankToNull(passwordKey) == null ? "password" : passwordKey;
        }
    }

    static Mongod required(Mongod connection) {
        if (connection == null) {
            throw new IllegalArgumentException("expected 'connection', which is missing");
        }
        return connection;
    }

    Place place() {
        return new Place(host, service, port);
    }

    /** What is missing to connect. */
    Optional<String> gap() {
        return place().gap();
    }

    Optional<SecretRef> login() {
        return Optional.ofNullable(secretRef).filter(ref -> ref.name() != null);
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        return "MongoDB on " + place();
    }
}
