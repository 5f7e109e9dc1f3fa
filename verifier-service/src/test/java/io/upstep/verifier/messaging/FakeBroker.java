package io.upstep.verifier.messaging;

import io.upstep.broker.EventBroker;
import io.upstep.broker.Subscription;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker in memory: hands over what a test sends, keeps what is published, and can be down. */
final class FakeBroker implements EventBroker {
    private final Map<String, EventHandler<?>> handlers = new ConcurrentHashMap<>();
    private final List<Event<?>> published = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    /** Lets the next so many publications fail. */
    void failNext(int publications) {
        failures.set(publications);
    }

    @Override
    public CompletionStage<Void> publish(Event<?> event) {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is down"));
        }
        published.add(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> publish(Encoded event) {
        throw new UnsupportedOperationException("the verifier has no outbox");
    }

    @Override
    public <T extends EventData> Subscription subscribe(
            Class<T> type, String cluster, String group, int concurrency, EventHandler<T> handler) {
        String key = key(type, cluster, group);
        handlers.put(key, handler);
        return () -> handlers.remove(key);
    }

    /** Hands an event to the verifiers of a cluster; the stage completes when it is acknowledged. */
    @SuppressWarnings("unchecked")
    <T extends EventData> CompletionStage<Void> send(Event<T> event, String cluster) {
        EventHandler<T> handler =
                (EventHandler<T>) handlers.get(key(event.data().getClass(), cluster, "verifier"));
        return handler.handle(event);
    }

    int subscriptions() {
        return handlers.size();
    }

    <T extends EventData> List<T> said(Class<T> type) {
        return published.stream()
                .map(Event::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    List<Event<?>> published() {
        return published;
    }

    private static String key(Class<?> type, String cluster, String group) {
        return type.getSimpleName() + " " + cluster + " " + group;
    }
}
