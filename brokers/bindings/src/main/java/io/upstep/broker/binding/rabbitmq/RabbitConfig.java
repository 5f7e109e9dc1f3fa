package io.upstep.broker.binding.rabbitmq;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where RabbitMQ is, and how to talk to it. */
@ConfigMapping(prefix = "upstep.rabbitmq")
public interface RabbitConfig {

    /** The host of the RabbitMQ server. */
    @WithDefault("localhost")
    String host();

    /** The port of the RabbitMQ server. */
    @WithDefault("5672")
    int port();

    /** The user, who must be allowed to configure, write and read what begins with {@code upstep.v1}. */
    @WithDefault("guest")
    String username();

    /** The user's password; never logged. */
    @WithDefault("guest")
    String password();

    /** The virtual host that holds Upstep's exchanges and queues. */
    @WithDefault("/")
    String virtualHost();

    /** Whether to use TLS; the server's certificate must then match its host name. */
    @WithDefault("false")
    boolean ssl();

    /** A JKS or PKCS#12 file with the authorities to trust; the JDK's own when not set. */
    Optional<String> trustStore();

    /** The password of the trust store; never logged. */
    Optional<String> trustStorePassword();

    /** How often a message may come back unacknowledged, because its consumers die of it, before it is a dead letter. */
    @WithDefault("10")
    int deliveryLimit();

    /** How many dead letters a group keeps, the newest. */
    @WithDefault("10000")
    int deadLetterLimit();

    /** How many messages are kept whose queue is gone; further ones are refused until it is back. */
    @WithDefault("10000")
    int unroutedLimit();
}
