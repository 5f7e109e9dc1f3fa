package io.upstep.verifier.messaging;

import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.verifier.VerifierConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Where questions are accepted. Each is worked on once: asked again while that goes on, nothing happens; asked again
 * afterwards, the same answer is published again.
 */
@ApplicationScoped
public class Desk {
    private static final Logger LOG = Logger.getLogger(Desk.class);

    private final SteadyPublisher publisher;
    private final Identity identity;
    private final int most;
    private final Set<String> running = new HashSet<>();
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
     * Accepts a question, so that its message can be acknowledged; fails if it is better given to another verifier.
     *
     * @param id what is the same whenever the same question is asked
     * @param work finds the answer
     */
    CompletionStage<Void> accept(String id, Event<?> question, Supplier<CompletionStage<? extends EventData>> work) {
        synchronized (this) {
            Event<?> answer = answers.get(id);
            if (answer != null) {
                publisher.publish(answer);
                return CompletableFuture.completedFuture(null);
            }
            if (running.contains(id)) {
                return CompletableFuture.completedFuture(null);
            }
            if (!open || running.size() >= most) {
                return CompletableFuture.failedFuture(new IllegalStateException(
                        open
                                ? "expected fewer than " + most
                                        + " verifications here, so another verifier should take it"
                                : "this verifier is stopping, so another one should take it"));
            }
            running.add(id);
        }
        start(id, question, work);
        return CompletableFuture.completedFuture(null);
    }

    /** Accepts nothing more, and waits for what runs. Whatever does not finish in time is asked for again by the planner. */
    void close(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        synchronized (this) {
            open = false;
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

    private void start(String id, Event<?> question, Supplier<CompletionStage<? extends EventData>> work) {
        CompletableFuture.completedFuture(work)
                .thenCompose(Supplier::get)
                .thenCompose(data -> answer(id, identity.event(data, question.traceparent())))
                .whenComplete((nothing, failure) -> {
                    // While stopping, what is left unfinished has been told already.
                    if (failure != null && isOpen()) {
                        LOG.errorf(failure, "%s found no answer; the planner will ask again", id);
                    }
                    finished(id);
                });
    }

    private CompletionStage<Void> answer(String id, Event<?> answer) {
        synchronized (this) {
            answers.put(id, answer);
        }
        return publisher.publish(answer);
    }

    private synchronized void finished(String id) {
        running.remove(id);
        notifyAll();
    }
}
