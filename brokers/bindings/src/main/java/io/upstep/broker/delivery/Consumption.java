package io.upstep.broker.delivery;

import io.upstep.broker.Envelope;
import io.upstep.broker.MessageHandler;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** What one subscription does with the messages it receives, over however many connections it does so in its life. */
public final class Consumption {
    private static final Logger LOG = Logger.getLogger(Consumption.class);

    private final Source source;
    private final MessageHandler handler;
    private final DeadLetters deadLetters;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final ScheduledExecutorService workers;
    private final Lanes lanes;
    private volatile boolean open = true;

    public Consumption(
            Source source,
            int concurrency,
            MessageHandler handler,
            DeadLetters deadLetters,
            DeliveryConfig config,
            DeliveryMetrics metrics,
            ScheduledExecutorService workers) {
        this.source = source;
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.config = config;
        this.metrics = metrics;
        this.workers = workers;
        this.lanes = new Lanes(concurrency, workers);
    }

    /** @param ended runs when the message is done with */
    public void accept(Received received, Runnable ended) {
        lanes.submit(
                received.message().key(),
                () -> new Delivery(received, this).run().whenComplete((done, failure) -> ended.run()));
    }

    /** Begins with no further message, and waits a bounded time for the handlers at work. */
    public void close() {
        open = false;
        try {
            lanes.close().toCompletableFuture().get(config.closeTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warnf(
                    "%s: closed with handlers still at work after %s; their messages are delivered again",
                    source(), config.closeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void later(Duration delay, Runnable task) {
        try {
            workers.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            open = false; // The process is going down; the message is not acknowledged, so another process gets it.
            lanes.close();
        }
    }

    boolean isOpen() {
        return open;
    }

    MessageHandler handler() {
        return handler;
    }

    DeadLetters deadLetters() {
        return deadLetters;
    }

    DeliveryConfig config() {
        return config;
    }

    DeliveryMetrics metrics() {
        return metrics;
    }

    String channel() {
        return source.channel();
    }

    String source() {
        return source.address() + "/" + source.group();
    }

    /** Which channel, address and group the messages come from. */
    public record Source(String channel, String address, String group) {}

    /** Where messages go that were given up. */
    @FunctionalInterface
    public interface DeadLetters {
        CompletionStage<Void> publish(Envelope letter);
    }
}
