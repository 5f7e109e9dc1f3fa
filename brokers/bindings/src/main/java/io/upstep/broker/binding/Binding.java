package io.upstep.broker.binding;

import io.upstep.broker.Envelope;
import java.util.Collection;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * What one kind of broker knows: its connector's attributes, its names for places, and how to look after them. Creating
 * one opens no connection, because only one of all bindings is ever used.
 */
public interface Binding extends AutoCloseable {

    /** As {@code UPSTEP_BROKER} says it. */
    String name();

    /** Makes the place be there, and keep messages. Does nothing if it is; throws if it cannot. */
    void declare(Place place);

    /** A round trip to the broker, and a look at every place, within a few seconds. Never throws. */
    Inspection inspect(Collection<Place> places);

    /**
     * @param channel a name no other stream of this process has had
     * @param prefetch how many messages may be here unacknowledged
     */
    Flow.Publisher<? extends Message<?>> receive(String channel, Place place, int prefetch);

    Flow.Subscriber<? extends Message<?>> send(String channel);

    /** The message with what the connector needs to know to send it there. */
    Message<?> outgoing(Place to, Envelope message);

    Envelope incoming(Message<?> message);

    /** Whether the connection of this channel stands, for connectors that do not end the stream when it is lost. */
    default boolean isConnected(String channel) {
        return true;
    }

    /** Gives up the connection of a channel whose stream is cancelled, so that the broker delivers to others what it held. */
    default void release(String channel) {}

    /** Whether confirms that were awaited when the connection was lost never come, so that those messages must be sent again. */
    default boolean forgetsUnconfirmed() {
        return false;
    }

    /** Whether the broker's refusal of a message says that it will never take it. */
    default boolean isFinal(Throwable refusal) {
        return false;
    }

    @Override
    void close();
}
