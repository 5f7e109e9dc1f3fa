package io.upstep.broker.binding.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where Kafka is, and how to use it. */
@ConfigMapping(prefix = "upstep.kafka")
public interface KafkaConfig {

    /** Comma separated host:port of some of the brokers. */
    @WithDefault("localhost:9092")
    String bootstrapServers();

    /** How many partitions a topic of ours is created with: the most consumers a group can have at work. */
    @WithDefault("4")
    int partitions();

    /** How many brokers hold each partition of a topic of ours; 3 where there are three. */
    @WithDefault("1")
    short replicationFactor();

    /** Kafka's {@code security.protocol}: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL. */
    Optional<String> securityProtocol();

    /** Kafka's {@code sasl.mechanism}. */
    Optional<String> saslMechanism();

    /** Kafka's {@code sasl.jaas.config}; never logged. */
    Optional<String> saslJaasConfig();

    /** Kafka's {@code ssl.truststore.location}. */
    Optional<String> sslTruststoreLocation();

    /** Kafka's {@code ssl.truststore.password}; never logged. */
    Optional<String> sslTruststorePassword();

    /** Any further property of Kafka's clients, under its own name. */
    Map<String, String> properties();

    /** What every client of ours is told: where Kafka is, and how to be let in. */
    default Map<String, String> clientProperties() {
        Map<String, String> all = new HashMap<>();
        all.put("bootstrap.servers", bootstrapServers());
        all.put("reconnect.backoff.max.ms", "1000");
        securityProtocol().ifPresent(value -> all.put("security.protocol", value));
        saslMechanism().ifPresent(value -> all.put("sasl.mechanism", value));
        saslJaasConfig().ifPresent(value -> all.put("sasl.jaas.config", value));
        sslTruststoreLocation().ifPresent(value -> all.put("ssl.truststore.location", value));
        sslTruststorePassword().ifPresent(value -> all.put("ssl.truststore.password", value));
        all.putAll(properties());
        return all;
    }
}
