package io.upstep.broker.binding;

import io.upstep.broker.Envelope;
import io.upstep.broker.PublishException;
import io.upstep.broker.UndeliverableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Hands messages to the connector in the order they came, once their place is declared and while the broker answers, and
 * tells for each whether the broker took it. One thread does it all, so that order needs no further care.
 */
final class Outlet implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Outlet.class);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(250);
    private static final int LOOKS_UNTIL_RENEWED = 3;
    static final String CHANNEL = "upstep";

    private final Binding binding;
    private final Places places;
    private final Duration timeout;
    private final int capacity;
    private final Executor workers;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "upstep-outlet"));
    private final ConcurrentLinkedDeque<Outgoing> waiting = new ConcurrentLinkedDeque<>();
    private final Set<Outgoing> sent = new LinkedHashSet<>();
    private final Set<Place> refused = new HashSet<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile String problem;
    private volatile Sink sink;
    private volatile String channel = CHANNEL;
    private int sinks;
    private int looks;

    Outlet(Binding binding, Places places, PublishLimits limits, Executor workers) {
        this.binding = binding;
        this.places = places;
        this.timeout = limits.timeout();
        this.capacity = limits.capacity();
        this.workers = workers;
    }

    CompletionStage<Void> publish(Place to, Envelope message) {
        if (size.incrementAndGet() > capacity) {
            size.decrementAndGet();
            return CompletableFuture.failedFuture(new PublishException(
                    "expected fewer than " + capacity + " messages to be waiting for the broker; message "
                            + message.id() + " to " + to.address() + " was refused, publish it again later",
                    null));
        }
        Outgoing outgoing = new Outgoing(to, message);
        outgoing.confirmed().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        waiting.add(outgoing);
        wake();
        return outgoing.confirmed().handleAsync((done, failure) -> answer(outgoing, failure), workers);
    }

    /** Hands over nothing until {@link #proceed}: what waits is better kept here than with a connector that cannot send it. */
    void hold(String because) {
        problem = because;
    }

    void proceed() {
        if (problem != null) {
            run(this::sendAgain);
        }
    }

    boolean isConnected() {
        return sink == null || binding.isConnected(channel);
    }

    /**
     * To be called at each look while the broker answers but the connection does not stand. The connector restores a lost
     * connection by itself; a channel that the broker has closed it restores only when it sends, which nothing does meanwhile.
     */
    void restore() {
        hold("the connection for publishing is being restored");
        run(() -> {
            if (!isConnected() && ++looks >= LOOKS_UNTIL_RENEWED) {
                renew();
            }
        });
    }

    @Override
    public void close() {
        run(() -> {
            if (sink != null) {
                sink.end();
            }
        });
        thread.shutdown();
    }

    private Void answer(Outgoing outgoing, Throwable failure) {
        size.decrementAndGet();
        run(() -> forget(outgoing));
        if (failure == null) {
            return null;
        }
        String why = failure instanceof TimeoutException
                ? "no confirm came within " + timeout + (problem == null ? "" : " (" + problem + ")")
                : String.valueOf(failure.getMessage());
        if (binding.isFinal(failure)) {
            throw new UndeliverableException(
                    "expected the " + binding.name() + " broker to take message "
                            + outgoing.message().id() + " to " + outgoing.to().address() + ", but it never will: "
                            + failure.getMessage() + "; make it smaller, or let the broker take more",
                    failure);
        }
        throw new PublishException(
                "expected the " + binding.name() + " broker to take message "
                        + outgoing.message().id() + " to " + outgoing.to().address() + ", but " + why
                        + "; publish it again",
                failure);
    }

    private void forget(Outgoing outgoing) {
        if (!sent.remove(outgoing)) {
            waiting.remove(outgoing); // It failed before it was sent: a long outage must not fill the memory with such.
        }
    }

    private void sendAgain() {
        problem = null;
        looks = 0;
        if (binding.forgetsUnconfirmed()) {
            takeBack();
        }
        wake();
    }

    /** Puts what was sent without an answer before what waits, in the order it was. */
    private void takeBack() {
        List<Outgoing> again = new ArrayList<>(sent);
        Collections.reverse(again);
        again.forEach(waiting::addFirst);
        sent.clear();
    }

    void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            run(() -> {
                wakeUps.set(0);
                drain();
            });
        }
    }

    /** Passes over messages whose place cannot be declared: they must not hold up the others, and a key has one place. */
    private void drain() {
        for (Iterator<Outgoing> each = waiting.iterator(); each.hasNext() && problem == null; ) {
            Outgoing next = each.next();
            if (next.isOver()) {
                each.remove();
            } else if (isDeclared(next.to())) {
                if (!sink().takeOne()) {
                    return;
                }
                each.remove();
                sent.add(next);
                sink.send(next.through(binding));
            }
        }
    }

    private boolean isDeclared(Place place) {
        if (refused.contains(place)) {
            return false;
        }
        try {
            places.require(place);
            return true;
        } catch (RuntimeException e) {
            LOG.debugf(e, "%s cannot be declared yet", place.name());
            refused.add(place);
            later(this::tryRefusedAgain);
            return false;
        }
    }

    private void tryRefusedAgain() {
        refused.clear();
        wake();
    }

    private Sink sink() {
        if (sink == null) {
            looks = 0;
            channel =
                    CHANNEL + "-" + ++sinks; // A connector tells its channels apart by name, also those it has closed.
            sink = new Sink(binding.send(channel), this::wake, () -> later(this::renew));
        }
        return sink;
    }

    /** A connector that cancels has given up: what it had is sent again through a new one. */
    private void renew() {
        binding.release(channel);
        sink = null;
        looks = 0;
        takeBack();
        wake();
    }

    private void later(Runnable task) {
        try {
            thread.schedule(task, BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed");
        }
    }

    private void run(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed"); // What still waits fails by its timeout.
        }
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
