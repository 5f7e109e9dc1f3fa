package io.upstep.broker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(4);

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    @Test
    void shouldRunTasksOfOneKeyInOrderWhenTheyEndLater() {
        Lanes lanes = new Lanes(4, executor);
        List<Integer> begun = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> first = new CompletableFuture<>();
        lanes.submit("a", () -> {
            begun.add(1);
            return first;
        });
        lanes.submit("a", () -> {
            begun.add(2);
            return CompletableFuture.completedFuture(null);
        });
        await().until(() -> begun.equals(List.of(1)));

        first.complete(null);

        await().until(() -> begun.equals(List.of(1, 2)));
    }

    @Test
    void shouldNotHoldUpOtherKeysWhenOneIsBusy() {
        Lanes lanes = new Lanes(2, executor);
        CompletableFuture<Void> other = new CompletableFuture<>();
        lanes.submit("busy", CompletableFuture::new);

        lanes.submit("other", () -> {
            other.complete(null);
            return other;
        });

        await().until(other::isDone);
    }

    @Test
    void shouldRunNoMoreThanTheLimitWhenThereAreManyKeys() {
        Lanes lanes = new Lanes(3, executor);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();

        IntStream.range(0, 1000)
                .forEach(i -> lanes.submit("k" + i % 50, () -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    return CompletableFuture.runAsync(running::decrementAndGet, executor)
                            .thenRun(done::incrementAndGet);
                }));

        await().until(() -> done.get() == 1000);
        assertThat(most).hasValueBetween(1, 3);
    }

    @Test
    void shouldGoOnWhenATaskThrows() {
        Lanes lanes = new Lanes(1, executor);
        CompletableFuture<Void> next = new CompletableFuture<>();
        lanes.submit("a", () -> {
            throw new IllegalStateException("oops");
        });

        lanes.submit("a", () -> {
            next.complete(null);
            return next;
        });

        await().until(next::isDone);
    }

    @Test
    void shouldWaitForTheRunningAndDropTheRestWhenClosed() {
        Lanes lanes = new Lanes(1, executor);
        CompletableFuture<Void> running = new CompletableFuture<>();
        AtomicInteger begun = new AtomicInteger();
        lanes.submit("a", () -> {
            begun.incrementAndGet();
            return running;
        });
        lanes.submit("a", () -> {
            begun.incrementAndGet();
            return running;
        });
        await().until(() -> begun.get() == 1);

        CompletableFuture<Void> idle = lanes.close().toCompletableFuture();
        assertThat(idle).isNotDone();
        running.complete(null);

        await().until(idle::isDone);
        assertThat(begun).hasValue(1);
    }
}
