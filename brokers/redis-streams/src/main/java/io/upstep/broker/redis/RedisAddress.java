package io.upstep.broker.redis;

import java.net.URI;
import java.util.Objects;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisURIHelper;

/** Which Redis, as whom, which database; never shows the password. */
public record RedisAddress(HostAndPort server, String user, String password, int database, boolean tls) {
    public RedisAddress {
        Objects.requireNonNull(server, "server");
    }

    /** @param uri {@code redis[s]://[[user]:password@]host[:port][/database]} */
    public static RedisAddress parse(String uri) {
        URI parsed = parsed(uri);
        int port = parsed.getPort() < 0 ? 6379 : parsed.getPort();
        return new RedisAddress(
                new HostAndPort(parsed.getHost(), port),
                JedisURIHelper.getUser(parsed),
                JedisURIHelper.getPassword(parsed),
                JedisURIHelper.getDBIndex(parsed),
                JedisURIHelper.isRedisSSLScheme(parsed));
    }

    @Override
    public String toString() {
        return "Redis at " + server + (database == 0 ? "" : " database " + database) + (tls ? " (TLS)" : "");
    }

    private static URI parsed(String uri) {
        try {
            URI parsed = URI.create(uri);
            if (parsed.getHost() != null
                    && (JedisURIHelper.isRedisScheme(parsed) || JedisURIHelper.isRedisSSLScheme(parsed))) {
                return parsed;
            }
        } catch (IllegalArgumentException malformed) {
            // Its message would quote the text, and with it a password.
        }
        throw new IllegalArgumentException("expected redis://host:port/database or rediss:// for TLS, with user and"
                + " password before an @ if it has any; came something else (not shown, it may hold a password)");
    }
}
