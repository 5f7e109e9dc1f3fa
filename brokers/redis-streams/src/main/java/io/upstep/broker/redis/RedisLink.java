package io.upstep.broker.redis;

import java.io.File;
import java.time.Duration;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.SslOptions;

/**
 * Opens connections to one Redis, with timeouts on everything.
 *
 * @param trustStore the file that says which servers to trust, or null for the JVM's own
 */
record RedisLink(
        RedisAddress address,
        Duration connectTimeout,
        Duration responseTimeout,
        String trustStore,
        String trustStorePassword) {

    RedisLink(RedisAddress address, Duration timeout) {
        this(address, timeout, timeout, null, null);
    }

    static RedisLink of(RedisStreamsConnectorCommonConfiguration config) {
        return new RedisLink(
                RedisAddress.parse(config.getUri()),
                Duration.ofMillis(config.getConnectTimeoutMs()),
                Duration.ofMillis(config.getResponseTimeoutMs()),
                config.getTlsTrustStore().orElse(null),
                config.getTlsTrustStorePassword().orElse(null));
    }

    Jedis open() {
        return open(Duration.ZERO);
    }

    /** @param block how long the server may hold back its answer to a blocking command */
    Jedis open(Duration block) {
        int response = (int) responseTimeout.toMillis();
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis((int) connectTimeout.toMillis())
                .socketTimeoutMillis(response)
                // Without it a server that vanishes silently would hold the reader for ever.
                .blockingSocketTimeoutMillis((int) block.toMillis() + response)
                .user(address.user())
                .password(address.password())
                .database(address.database())
                .clientName("upstep")
                .ssl(address.tls());
        if (address.tls() && trustStore != null) {
            config.sslOptions(trusting());
        }
        Jedis jedis = new Jedis(address.server(), config.build());
        try {
            // A server that is still loading its data refuses here, before anything is asked of it.
            jedis.ping();
            return jedis;
        } catch (RuntimeException notReady) {
            jedis.close();
            throw notReady;
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }

    private SslOptions trusting() {
        char[] password = trustStorePassword == null ? null : trustStorePassword.toCharArray();
        return SslOptions.builder().truststore(new File(trustStore), password).build();
    }
}
