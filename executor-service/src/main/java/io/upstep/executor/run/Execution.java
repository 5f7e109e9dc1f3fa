package io.upstep.executor.run;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.Event;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.executor.action.StoppedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** One attempt at work in this process: whether it still may go on, and its signs of life. */
final class Execution {
    private static final Logger LOG = Logger.getLogger(Execution.class);

    private final Event<StepRequested> event;
    private final ReliablePublisher publisher;
    private final Clock clock;
    private final ProgressReport report;
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    private final CountDownLatch stopSignal = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicBoolean saying = new AtomicBoolean();
    private volatile boolean unsaid;
    private volatile Hold hold;
    private Thread thread;

    /** @param lease null for a preview, which owns nothing */
    record Hold(KubernetesClient client, Leases.InstallationLease lease, Instant since, Instant deadline) {}

    record Stop(StopReason reason, String text) {}

    Execution(Event<StepRequested> event, String worker, ReliablePublisher publisher, Clock clock) {
        this.event = event;
        this.publisher = publisher;
        this.clock = clock;
        this.report = new ProgressReport(event.data(), worker);
    }

    StepRequested request() {
        return event.data();
    }

    String traceparent() {
        return event.traceparent();
    }

    ProgressReport report() {
        return report;
    }

    Hold hold() {
        return hold;
    }

    /** The attempt owns the installation from now on. */
    void begin(KubernetesClient client, Leases.InstallationLease lease) {
        Instant now = clock.instant();
        hold = new Hold(client, lease, now, now.plus(request().limits().total()));
    }

    /** Whether it must not be begun any more: the planner has given the attempt up. */
    boolean isExpired() {
        Instant notAfter = request().notAfter();
        return notAfter != null && clock.instant().isAfter(notAfter);
    }

    /** Tells the planner that it is accepted. Returns whether it could be told while it still may begin. */
    boolean sayAccepted() {
        return said(StepProgressed.Phase.ACCEPTED, pause -> stoppedWithin(pause) || isExpired()) && !isExpired();
    }

    boolean sayUntilTaken(StepProgressed.Phase phase) {
        return said(phase, this::stoppedWithin);
    }

    private boolean said(StepProgressed.Phase phase, Predicate<Duration> givesUp) {
        ProgressReport.Sign sign = report.sign(phase);
        boolean taken = publisher.publishUntilTaken(sign.event(), traceparent(), givesUp);
        if (taken) {
            report.said(sign);
        }
        return taken;
    }

    /** A sign of life on the side. */
    void say() {
        if (stop.get() != null || !saying.compareAndSet(false, true)) {
            return;
        }
        unsaid = false;
        ProgressReport.Sign sign = report.sign(StepProgressed.Phase.EXECUTING);
        publisher.publish(sign.event(), traceparent()).whenComplete((done, failure) -> {
            saying.set(false);
            if (failure == null) {
                report.said(sign);
            } else {
                unsaid = true;
                LOG.infof(
                        "The broker did not take a sign of life of %s: %s",
                        request().attempt(), failure);
            }
        });
    }

    /** Says it again if the broker did not take the last sign of life: the planner's patience is shorter than two. */
    void sayAgain() {
        if (unsaid) {
            say();
        }
    }

    /** Renews the lease; ends the attempt when it is not its own any more or takes too long. */
    void renew() {
        if (!clock.instant().isBefore(hold.deadline())) {
            stop(StopReason.TIMEOUT, "took longer than " + request().limits().total());
        } else if (stop.get() == null && hold.lease() != null) {
            renewLease();
        }
    }

    private void renewLease() {
        try {
            Leases.Standing result = hold.lease().renew();
            if (!result.held()) {
                stop(StopReason.LEASE_LOST, result.reason());
            }
        } catch (KubernetesClientException e) {
            // It lives, and nothing can be written there meanwhile: the planner may know both.
            report.line("cannot renew the lease: " + Failures.said(e));
        }
    }

    /** @throws StoppedException unless the cluster itself says that the attempt still owns the installation */
    void verify() {
        throwIfStopped();
        if (hold.lease() != null) {
            Leases.Standing result = hold.lease().verify();
            if (!result.held()) {
                stop(StopReason.LEASE_LOST, result.reason());
            }
        }
        throwIfStopped();
    }

    /** Whether, as far as can be told after a failure, the attempt still owns the installation; if not, it is stopped. */
    boolean stillOwns(RuntimeException failure) {
        if (stop.get() == null && failure instanceof KubernetesClientException away && away.getCode() <= 0) {
            // Who has not answered is not asked again: that would only make the answer late.
            return true;
        }
        try {
            verify();
            return true;
        } catch (StoppedException e) {
            return false;
        } catch (KubernetesClientException e) {
            // It cannot be asked now; the planner tells by the epoch whether it still wants to know.
            return true;
        }
    }

    void stop(StopReason reason, String text) {
        if (!stop.compareAndSet(null, new Stop(reason, text))) {
            return;
        }
        LOG.infof("Stopping %s: %s", request().attempt(), text);
        stopSignal.countDown();
        synchronized (this) {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    Optional<Stop> stopped() {
        return Optional.ofNullable(stop.get());
    }

    void throwIfStopped() {
        Stop now = stop.get();
        if (now != null) {
            throw new StoppedException(now.text());
        }
    }

    /** Waits that long; returns early, and true, when the attempt is to stop. */
    boolean stoppedWithin(Duration duration) {
        try {
            return stopSignal.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** From here on a stop interrupts the calling thread. */
    synchronized void enter() {
        thread = Thread.currentThread();
        if (stop.get() != null) {
            thread.interrupt();
        }
    }

    synchronized void leave() {
        thread = null;
        // An interruption meant for the action must not reach what comes after it.
        Thread.interrupted();
    }

    /** Whether the outcome is the caller's to tell; so exactly once. */
    boolean answers() {
        return answered.compareAndSet(false, true);
    }

    void end() {
        ended.countDown();
    }

    boolean endsWithin(Duration duration) {
        try {
            return ended.await(Math.max(0, duration.toNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
