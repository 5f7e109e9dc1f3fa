package io.upstep.broker;

import io.upstep.event.Event;
import io.upstep.event.EventCodec;
import io.upstep.event.EventData;
import io.upstep.event.EventType;
import io.upstep.event.MalformedEventException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Events as CloudEvents JSON over a broker: knows which event type goes to which destination, and refuses what is no event. */
@ApplicationScoped
class CodecEventBroker implements EventBroker {
    private final Broker broker;

    CodecEventBroker(Broker broker) {
        this.broker = broker;
    }

    @Override
    public CompletionStage<Void> publish(Event<?> event) {
        EventData data = event.data();
        return broker.publish(
                destination(event.type(), data.cluster()),
                new Envelope(event.id(), data.subject(), EventCodec.encode(event), headers(event.type())));
    }

    @Override
    public CompletionStage<Void> publish(Encoded event) {
        EventType type = EventType.named(event.type())
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a type of the io.upstep contract, came '" + event.type() + "'"));
        return broker.publish(
                destination(type, event.cluster()), new Envelope(event.id(), event.key(), event.json(), headers(type)));
    }

    @Override
    public <T extends EventData> Subscription subscribe(
            Class<T> type, String cluster, String group, int concurrency, EventHandler<T> handler) {
        return broker.subscribe(
                destination(typeOf(type), cluster),
                group,
                concurrency,
                message -> handler.handle(decoded(message.payload(), type)));
    }

    private static Destination destination(EventType type, String cluster) {
        if (type.routedByCluster() && cluster == null) {
            throw new IllegalArgumentException(
                    type.typeName() + " is routed by cluster; expected a cluster, came none");
        }
        return new Destination(
                type.channel(),
                type.routedByCluster() ? cluster : null,
                type.receiver().group());
    }

    private static Map<String, String> headers(EventType type) {
        return Map.of("upstep-type", type.typeName());
    }

    private static EventType typeOf(Class<? extends EventData> dataClass) {
        return Arrays.stream(EventType.values())
                .filter(type -> type.dataClass() == dataClass)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no event type has data of " + dataClass));
    }

    private static <T extends EventData> Event<T> decoded(String json, Class<T> type) {
        try {
            return EventCodec.decode(json, type);
        } catch (MalformedEventException e) {
            throw new RejectedException(e.getMessage());
        }
    }
}
