package io.upstep.broker;

import java.util.concurrent.CompletionStage;

/**
 * The port every broker implements. The law it must obey is {@code BrokerContract} in brokers/contract.
 */
public interface Broker {

    /**
     * Publishes a message. The stage completes once the broker is answerable for it (a publisher confirm, an fsynced
     * entry, acks=all) and fails, within a bounded time, with {@link PublishException} when it is not known to be:
     * publishing again is then right, because receivers tell messages apart by id. It fails at once with
     * {@link UndeliverableException} when the message is larger than any broker is asked to take: that is final.
     */
    CompletionStage<Void> publish(Destination destination, Envelope message);

    /**
     * Starts handling messages. Consumers of one group share the messages; every group gets all of them. Each is handed
     * over at least once. A lost connection, and a queue or stream that is gone, is restored by the subscription itself.
     *
     * @param group the consumer group; when it is not the destination's receiver it gets what is published from now on
     * @param concurrency how many messages may be with the handler at once
     */
    Subscription subscribe(Destination destination, String group, int concurrency, MessageHandler handler);

    /** A real round trip: the broker answers, and every queue, stream or topic in use is there. */
    Health health();

    /** @param problem what is wrong, for people; null when up */
    record Health(boolean up, String problem) {
        public static final Health UP = new Health(true, null);

        public static Health down(String problem) {
            return new Health(false, problem);
        }
    }
}
