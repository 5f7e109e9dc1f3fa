package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.upstep.executor.action.route.Address;
import io.upstep.executor.action.route.Place;
import java.util.regex.Pattern;

/**
 * Which database, as a step names it.
 *
 * @param host a name or address that the executor itself can reach; or else
 * @param service a Service in the installation's namespace, reached through the API server where there is no other way
 * @param port 5432 if not said
 * @param user if not said, it is in the Secret
 * @param secretRef the Secret, in the installation's namespace, with the password
 * @param sslMode as libpq understands it; if not said, require, and prefer for a host that is near
 */
public record Database(
        String host, String service, Integer port, String database, String user, SecretRef secretRef, SslMode sslMode) {
    private static final int PORT = 5432;
    private static final Pattern NEAR =
            Pattern.compile("[^.:]+|.+\\.svc|.+\\.svc\\.cluster\\.local|127(\\.\\d{1,3}){3}|::1");

    public Database {
        port = new Place(host, service, port == null ? PORT : port).port();
        require("database", database);
        if (secretRef == null) {
            throw new IllegalArgumentException("expected 'connection.secretRef', which is missing");
        }
        sslMode = sslMode == null ? usual(host) : sslMode;
    }

    Place place() {
        return new Place(host, service, port);
    }

    boolean isAt(Address address) {
        return address.host().equals(host) && address.port() == port;
    }

    /** The same database, at the end of a way that has been found to it. */
    Database at(String foundHost, int foundPort) {
        return new Database(foundHost, null, foundPort, database, user, secretRef, sslMode);
    }

    /** Another database of the same server. */
    Database named(String other) {
        return new Database(host, service, port, other, user, secretRef, sslMode);
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
        return host == null || NEAR.matcher(host).matches() ? SslMode.PREFER : SslMode.REQUIRE;
    }

    private static void require(String key, String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("expected 'connection." + key + "', which is missing");
        }
    }

    @Override
    public String toString() {
        return "database " + database + " on " + (host == null ? "Service " + service : host) + ":" + port;
    }
}
