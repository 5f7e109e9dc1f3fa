package io.upstep.broker;

import io.upstep.event.Event;
import io.upstep.event.EventData;
import java.util.concurrent.CompletionStage;

/** What services use: typed events over whatever broker {@code UPSTEP_BROKER} names. */
public interface EventBroker {

    /** As {@link Broker#publish}, to the channel of the event's type, routed by its cluster where the type is. */
    CompletionStage<Void> publish(Event<?> event);

    /** An event already encoded, as an outbox holds it. */
    CompletionStage<Void> publish(Encoded event);

    /**
     * As {@link Broker#subscribe}. A message that is not an event of this type is dead-lettered with the reason and counted
     * ({@code upstep.events.rejected}), and the next one is handled.
     *
     * @param cluster for a type that is routed by cluster, which; else null
     * @param group usually the role's own group, shared by all its replicas
     */
    <T extends EventData> Subscription subscribe(
            Class<T> type, String cluster, String group, int concurrency, EventHandler<T> handler);

    /**
     * @param type the stable type name
     * @param cluster the cluster the event concerns, or null
     * @param key the event's subject
     * @param json the event as {@link io.upstep.event.EventCodec#encode} wrote it
     */
    record Encoded(String id, String type, String cluster, String key, String json) {}

    /** As {@link MessageHandler}, for one type of event. */
    @FunctionalInterface
    interface EventHandler<T extends EventData> {
        CompletionStage<Void> handle(Event<T> event);
    }
}
