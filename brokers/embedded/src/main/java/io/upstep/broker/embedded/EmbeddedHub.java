package io.upstep.broker.embedded;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;

/**
 * The embedded broker itself: named queues with consumer groups in memory, shared by all channels of one process.
 *
 * <p>A group holds a message until it is acknowledged, hands it out again when its consumer goes away, tries it again
 * after a delay when it was nacked, and lays it with the dead letters after the last try. A group that is full makes
 * publishers wait. What a queue gets before its first group is declared is kept for that group; a queue named
 * {@code *.dead} keeps the newest letters and never makes anyone wait. Nothing outlives the process.
 */
@Singleton
public class EmbeddedHub {
    private static final Duration DEAD_LETTER_TIMEOUT = Duration.ofSeconds(10);

    private final Map<String, EmbeddedQueue> queues = new ConcurrentHashMap<>();
    private final HubThreads threads = new HubThreads();
    private final HubRuntime runtime = new Runtime();
    private volatile boolean running = true;

    /** Declares a consumer group, so that it gets what is published even while it has no consumer. */
    public void ensure(String queue, String group) {
        queue(queue).declare(group, true);
    }

    /** Empty when the queue has the group and the broker runs; otherwise what is wrong. */
    public Optional<String> check(String queue, String group) {
        if (!running) {
            return Optional.of("the embedded broker is stopped");
        }
        EmbeddedQueue known = queues.get(queue);
        return known != null && known.has(group)
                ? Optional.empty()
                : Optional.of("queue '" + queue + "' has no group '" + group + "'");
    }

    /** Completes once every group of the queue holds the message; fails when one had no room within the timeout. */
    public CompletionStage<Void> publish(String queue, EmbeddedRecord message, Duration timeout) {
        if (!running) {
            return CompletableFuture.failedFuture(
                    new PublishFailedException("the embedded broker is stopped; publish again when it has started"));
        }
        return queue(queue).publish(message, timeout);
    }

    /** What a queue holds for a first group that has not been declared yet, oldest first; so also its dead letters. */
    public List<EmbeddedRecord> retained(String queue) {
        EmbeddedQueue known = queues.get(queue);
        return known == null ? List.of() : known.retained();
    }

    /** Drops a queue's messages and groups; its consumers go on once their group is declared again. */
    public void delete(String queue) {
        EmbeddedQueue known = queues.get(queue);
        if (known != null) {
            known.delete();
        }
    }

    /** From now on publishing and acknowledging fail; what is not acknowledged is delivered again after the start. */
    public void stop() {
        running = false;
        everyGroup().forEach(ConsumerGroup::takeBackAll);
    }

    public void start() {
        running = true;
        everyGroup().forEach(ConsumerGroup::dispatch);
    }

    public boolean running() {
        return running;
    }

    @PreDestroy
    void close() {
        stop();
        threads.close();
    }

    /** @param earliest whether the group, if it is new, gets what the queue has kept */
    ConsumerGroup group(String queue, String group, boolean earliest) {
        return queue(queue).declare(group, earliest);
    }

    private EmbeddedQueue queue(String name) {
        EmbeddedQueue known = queues.get(name);
        return known != null ? known : queues.computeIfAbsent(name, missing -> new EmbeddedQueue(runtime, missing));
    }

    private List<ConsumerGroup> everyGroup() {
        return queues.values().stream()
                .flatMap(queue -> queue.groups().stream())
                .toList();
    }

    private final class Runtime implements HubRuntime {
        @Override
        public boolean running() {
            return running;
        }

        @Override
        public void execute(Runnable task) {
            threads.execute(task);
        }

        @Override
        public Future<?> later(Duration delay, Runnable task) {
            return threads.later(delay, task);
        }

        @Override
        public CompletionStage<Void> publish(String queue, EmbeddedRecord message) {
            return EmbeddedHub.this.publish(queue, message, DEAD_LETTER_TIMEOUT);
        }
    }
}
