package io.upstep.executor.run;

import io.upstep.broker.EventBroker;
import io.upstep.broker.Subscription;
import io.upstep.broker.UndeliverableException;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Remembers what was published, and can be away. */
public final class FakeBroker implements EventBroker {
    private final List<Event<?>> published = new CopyOnWriteArrayList<>();
    private final List<Consumer<EventData>> looks = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Class<?>> subscribed = new CopyOnWriteArrayList<>();
    private volatile Runnable onClose = () -> {};
    private volatile boolean down;
    private volatile Predicate<EventData> tooLarge = data -> false;

    void goAway() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    /** What it can never take. */
    void neverTakes(Predicate<EventData> what) {
        tooLarge = what;
    }

    /** What was subscribed to, in that order. */
    public List<Class<?>> subscribed() {
        return subscribed;
    }

    /** Looks at the world in the moment a subscription is closed. */
    public void onClose(Runnable look) {
        onClose = look;
    }

    int refused() {
        return refused.get();
    }

    public <T extends EventData> List<T> heard(Class<T> type) {
        return published.stream()
                .map(Event::data)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Looks at the world in the moment something is said. */
    <T extends EventData> void onPublish(Class<T> type, Consumer<T> look) {
        looks.add(data -> {
            if (type.isInstance(data)) {
                look.accept(type.cast(data));
            }
        });
    }

    @Override
    public CompletionStage<Void> publish(Event<?> event) {
        if (down) {
            refused.incrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
        }
        if (tooLarge.test(event.data())) {
            return CompletableFuture.failedFuture(new UndeliverableException("too large"));
        }
        looks.forEach(look -> look.accept(event.data()));
        published.add(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> publish(Encoded event) {
        throw new UnsupportedOperationException("executors have no outbox");
    }

    @Override
    public <T extends EventData> Subscription subscribe(
            Class<T> type, String cluster, String group, int concurrency, EventHandler<T> handler) {
        subscribed.add(type);
        return () -> onClose.run();
    }
}
