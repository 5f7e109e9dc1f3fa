package io.upstep.planner.messaging;

import io.upstep.broker.EventBroker;
import io.upstep.broker.Subscription;
import io.upstep.event.Event;
import io.upstep.event.EventCodec;
import io.upstep.event.EventData;
import io.upstep.event.MalformedEventException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A broker in memory: remembers what was published, hands it to whoever subscribed, and fails when a test wants it to. */
final class FakeBroker implements EventBroker, AutoCloseable {
    final List<Encoded> published = new CopyOnWriteArrayList<>();
    final List<Throwable> rejected = new CopyOnWriteArrayList<>();
    volatile Function<Encoded, CompletionStage<Void>> confirm = event -> CompletableFuture.completedFuture(null);

    private final Map<Class<?>, EventHandler<?>> handlers = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @Override
    public CompletionStage<Void> publish(Event<?> event) {
        deliver(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> publish(Encoded event) {
        return confirm.apply(event).thenRun(() -> {
            published.add(event);
            deliver(decode(event));
        });
    }

    @Override
    public <T extends EventData> Subscription subscribe(
            Class<T> type, String cluster, String group, int concurrency, EventHandler<T> handler) {
        handlers.put(type, handler);
        return () -> handlers.remove(type);
    }

    static Event<?> decode(Encoded event) {
        try {
            return EventCodec.decode(event.json());
        } catch (MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    @SuppressWarnings("unchecked")
    private <T extends EventData> void deliver(Event<T> event) {
        EventHandler<T> handler = (EventHandler<T>) handlers.get(event.data().getClass());
        if (handler != null) {
            threads.execute(() -> handler.handle(event).exceptionally(failure -> {
                rejected.add(failure);
                return null;
            }));
        }
    }
}
