package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which database, as recipes name it. What is empty is allowed here, because a parameter may leave it so; then there is
 * nothing to connect to, and {@link #gap} says what is missing.
 *
 * @param host a name or address that the verifier itself can reach; or
 * @param service a Service in the installation's namespace
 * @param port 5432 if not said
 * @param user if not said, it is in the Secret
 * @param secretRef the Secret, in the installation's namespace, with the password
 * @param sslMode as libpq understands it; if not said, require, and prefer for a host that is near
 */
public record Database(
        String host, String service, Integer port, String database, String user, SecretRef secretRef, SslMode sslMode) {
    private static final int PORT = 5432;
    private static final int LAST_PORT = 65_535;
    private static final Pattern NEAR =
            Pattern.compile("[^.:]+|.+\\.svc|.+\\.svc\\.cluster\\.local|127(\\.\\d{1,3}){3}|::1");

    public Database {
        host = blankToNull(host);
        service = blankToNull(service);
        database = blankToNull(database);
        user = blankToNull(user);
        if (host != null && service != null) {
            throw new IllegalArgumentException("expected 'connection.host' or 'connection.service', came both");
        }
        if (host != null && !host.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:]+")) {
            throw new IllegalArgumentException("expected 'connection.host' to be a host's name, came '" + host + "'");
        }
        if (service != null && !service.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
            throw new IllegalArgumentException(
                    "expected 'connection.service' to be a Service's name, came '" + service + "'");
        }
        port = port == null ? PORT : port;
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("expected 'connection.port' to be 1 to " + LAST_PORT + ", came " + port);
        }
        sslMode = sslMode == null ? usual(host) : sslMode;
    }

    /**
     * Where the credentials are.
     *
     * @param userKey the key of the user's name, for when it is not said; username if not said
     * @param passwordKey the key of the password; password if not said
     */
    public record SecretRef(String name, String userKey, String passwordKey) {
        public SecretRef {
            name = blankToNull(name);
            userKey = blankToNull(userKey) == null ? "username" : userKey;
            passwordKey = blankToNull(passwordKey) == null ? "password" : passwordKey;
        }
    }

    /** How far the connection is encrypted and its server believed. */
    public enum SslMode {
        @JsonProperty("disable")
        DISABLE("disable"),
        @JsonProperty("prefer")
        PREFER("prefer"),
        @JsonProperty("require")
        REQUIRE("require"),
        @JsonProperty("verify-full")
        VERIFY_FULL("verify-full");

        private final String word;

        SslMode(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** What is missing to connect. */
    Optional<String> gap() {
        String missing = host == null && service == null
                ? "'connection.host' or 'connection.service'"
                : database == null
                        ? "'connection.database'"
                        : secretRef == null || secretRef.name() == null ? "'connection.secretRef.name'" : null;
        return Optional.ofNullable(missing).map(what -> "no database to ask: " + what + " is empty");
    }

    /** The same server, another database. */
    Database named(String other) {
        return new Database(host, service, port, other, user, secretRef, sslMode);
    }

    static Database required(Database connection) {
        if (connection == null) {
            throw new IllegalArgumentException("expected 'connection', which is missing");
        }
        return connection;
    }

    /** This machine and Services of the cluster seldom have certificates; on the way to any other host somebody may listen. */
    private static SslMode usual(String host) {
        return host == null || NEAR.matcher(host).matches() ? SslMode.PREFER : SslMode.REQUIRE;
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    @Override
    public String toString() {
        return "database " + database + " on " + (host == null ? "Service " + service : host) + ":" + port;
    }
}
