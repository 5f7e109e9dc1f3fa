package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.regex.Pattern;

/**
 * Which database, as a step names it.
 *
 * @param host a name or address that the executor itself can reach
 * @param port 5432 if not said
 * @param user if not said, it is in the Secret
 * @param secretRef the Secret, in the installation's namespace, with the password
 * @param sslMode as libpq understands it; if not said, require, and prefer for a host that is near
 */
public record Database(String host, Integer port, String database, String user, SecretRef secretRef, SslMode sslMode) {
    private static final int PORT = 5432;
    private static final int LAST_PORT = 65_535;
    private static final Pattern NEAR =
            Pattern.compile("[^.:]+|.+\\.svc|.+\\.svc\\.cluster\\.local|127(\\.\\d{1,3}){3}|::1");

    public Database {
        if (host == null || !host.matches("[A-Za-z0-9._-]+|[0-9A-Fa-f:]+")) {
            throw new IllegalArgumentException("expected 'connection.host' to be a host's name, came '" + host + "'");
        }
        port = port == null ? PORT : port;
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("expected 'connection.port' to be 1 to " + LAST_PORT + ", came " + port);
        }
        require("database", database);
        if (secretRef == null) {
            throw new IllegalArgumentException("expected 'connection.secretRef', which is missing");
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
            require("secretRef.name", name);
            userKey = userKey == null ? "username" : userKey;
            passwordKey = passwordKey == null ? "password" : passwordKey;
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

    /** This machine and Services of the cluster seldom have certificates; on the way to any other host somebody may listen. */
    private static SslMode usual(String host) {
        return NEAR.matcher(host).matches() ? SslMode.PREFER : SslMode.REQUIRE;
    }

    private static void require(String key, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("expected 'connection." + key + "', which is missing");
        }
    }

    @Override
    public String toString() {
        return "database " + database + " on " + host + ":" + port;
    }
}
