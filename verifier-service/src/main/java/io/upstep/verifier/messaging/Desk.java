package io.upstep.verifier.messaging;

import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.verifier.VerifierConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Where questions are accepted, and wait while there is no room. Each is worked on once: asked again while that goes on,
 * nothing happens; asked again afterwards, the same answer is published again.
 */
@ApplicationScoped
public class Desk {
    private static final Logger LOG = Logger.getLogger(Desk.class);

    private final SteadyPublisher publisher;
    private final Identity identity;
    private final int most;
    private final Set<String> running = new HashSet<>();
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private final Map<String, Event<?>> answers;
    private boolean open = true;

    public Desk(SteadyPublisher publisher, Identity identity, VerifierConfig config) {
        this.publisher = publisher;
        this.identity = identity;
        this.most = config.maxRunning();
        int remembered = config.rememberedAnswers();
        this.answers = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Event<?>> eldest) {
                return size() > remembered;
            }
        };
    }

    /**
     * Accepts a question, so that its message can be acknowledged: as soon as there is room for it. Fails if it is better
     * given to another verifier.
     *
     * @param id what is the same whenever the same question is asked
     * @param work finds the answer
     */
    CompletionStage<Void> accept(String id, Event<?> question, Supplier<CompletionStage<? extends EventData>> work) {
        Waiting asked = new Waiting(id, question, work, new CompletableFuture<>());
        synchronized (this) {
            Event<?> answer = answers.get(id);
            if (answer != null) {
                publisher.publish(answer);
                return CompletableFuture.completedFuture(null);
            }
            if (running.contains(id)) {
                return CompletableFuture.completedFuture(null);
            }
            if (!open) {
                return CompletableFuture.failedFuture(stopping());
            }
            if (waiting.containsKey(id) || running.size() >= most) {
                // Its message stays unacknowledged meanwhile, so that the broker hands out no more than fit.
                Waiting earlier = waiting.putIfAbsent(id, asked);
                return earlier == null ? asked.accepted() : earlier.accepted();
            }
            running.add(id);
        }
        start(asked);
        return asked.accepted();
    }

    /** Accepts nothing more; what waits for room is left to other verifiers. */
    void turnAway() {
        List<Waiting> left;
        synchronized (this) {
            open = false;
            left = List.copyOf(waiting.values());
            waiting.clear();
        }
        left.forEach(asked -> asked.accepted().completeExceptionally(stopping()));
    }

    /** Accepts nothing more, and waits for what runs. Whatever does not finish in time is asked for again by the planner. */
    void close(Duration grace) {
        turnAway();
        long end = System.nanoTime() + grace.toNanos();
        synchronized (this) {
            try {
                for (long left = grace.toNanos(); !running.isEmpty() && left > 0; left = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!running.isEmpty()) {
                LOG.warnf("Stopping without having finished %s; the planner will ask again", running);
            }
        }
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized int running() {
        return running.size();
    }

    private void start(Waiting asked) {
        String id = asked.id();
        CompletableFuture.completedFuture(asked.work())
                .thenCompose(Supplier::get)
                .thenCompose(data ->
                        answer(id, identity.answer(id, data, asked.question().traceparent())))
                .whenComplete((nothing, failure) -> {
                    // While stopping, what is left unfinished has been told already.
                    if (failure != null && isOpen()) {
                        tell(id, failure);
                    }
                    finished(id);
                });
        asked.accepted().complete(null);
    }

    private static void tell(String id, Throwable failure) {
        if (failure.getCause() instanceof StoodStillException stood) {
            LOG.warnf("The answer to %s is dropped, the planner will ask again: %s", id, stood.getMessage());
        } else {
            LOG.errorf(failure, "%s found no answer; the planner will ask again", id);
        }
    }

    private CompletionStage<Void> answer(String id, Event<?> answer) {
        synchronized (this) {
            answers.put(id, answer);
        }
        return publisher.publish(answer);
    }

    private void finished(String id) {
        next(id).ifPresent(this::start);
    }

    private synchronized Optional<Waiting> next(String finished) {
        running.remove(finished);
        Optional<Waiting> next = waiting.values().stream().findFirst();
        next.ifPresent(asked -> {
            waiting.remove(asked.id());
            running.add(asked.id());
        });
        notifyAll();
        return next;
    }

    private static IllegalStateException stopping() {
        return new IllegalStateException("this verifier is stopping, so another one should take it");
    }

    private record Waiting(
            String id,
            Event<?> question,
            Supplier<CompletionStage<? extends EventData>> work,
            CompletableFuture<Void> accepted) {}
}
