package io.upstep.executor.action.mongodb;

import io.upstep.executor.action.route.Place;

/**
 * Which MongoDB server, as a step names it.
 *
 * @param host a name or address that the executor itself can reach; or else
 * @param service a Service in the installation's namespace, reached through the API server where there is no other way
 * @param port 27017 if not said
 * @param secretRef the Secret, in the installation's namespace, with the login; none if not said
 * @param authenticationDatabase where the user is defined; admin if not said
 */
public record Mongod(String host, String service, Integer port, SecretRef secretRef, String authenticationDatabase) {
    private static final int PORT = 27_017;

    public Mongod {
        port = new Place(host, service, port == null ? PORT : port).port();
        authenticationDatabase =
                authenticationDatabase == null || authenticationDatabase.isBlank() ? "admin" : authenticationDatabase;
    }

    /**
     * Where the login is.
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

    static Mongod required(Mongod connection) {
        if (connection == null) {
            throw new IllegalArgumentException("expected 'connection', which is missing");
        }
        return connection;
    }

    Place place() {
        return new Place(host, service, port);
    }

    @Override
    public String toString() {
        return "MongoDB on " + place();
    }
}
