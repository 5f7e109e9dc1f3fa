package io.upstep.standalone.fault;

import io.upstep.broker.contract.server.RealKafka;
import io.upstep.broker.contract.server.RealRabbit;
import io.upstep.broker.contract.server.RealRedis;
import io.upstep.broker.contract.server.RealServer;

/** The brokers the faults are tried on. */
enum BrokerKind {
    RABBITMQ,
    REDIS,
    KAFKA,
    EMBEDDED;

    /** A new server of it; null for the one without a server. */
    RealServer server() {
        return switch (this) {
            case RABBITMQ -> RealRabbit.create();
            case REDIS -> RealRedis.create();
            case KAFKA -> RealKafka.create();
            case EMBEDDED -> null;
        };
    }

    /** To be called when Upstep has declared its queues, streams or topics. */
    Wire wire(RealServer server) throws Exception {
        return switch (this) {
            case RABBITMQ -> new RabbitWire((RealRabbit) server);
            case REDIS -> new RedisWire((RealRedis) server);
            case KAFKA -> new KafkaWire((RealKafka) server);
            case EMBEDDED -> new NoWire();
        };
    }
}
