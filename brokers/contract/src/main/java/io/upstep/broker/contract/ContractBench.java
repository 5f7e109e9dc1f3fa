package io.upstep.broker.contract;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.health.SmallRyeHealthReporter;
import io.upstep.broker.Broker;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.EventBroker;
import io.upstep.broker.MessageHandler;
import io.upstep.broker.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the laws of {@link Broker} are tried with: a destination of the test's own, and ways to use it. */
public abstract class ContractBench {
    static final Duration SOON = Duration.ofSeconds(30);
    static final Duration RECOVERED = Duration.ofSeconds(60);
    /** The default of {@code upstep.broker-max-bytes}. */
    static final int MAX_BYTES = 900 * 1024;

    static final String RECEIVER = "receiver";

    /** What the broker under test was told: whoever holds a message for longer has, to the broker, died. */
    protected static final Duration CONSUMER_TIMEOUT = Duration.ofSeconds(4);

    final List<Subscription> subscriptions = new ArrayList<>();
    final String channel = "t" + UUID.randomUUID().toString().substring(0, 8);
    final Destination destination = new Destination(channel, null, RECEIVER);

    protected abstract Broker broker();

    protected abstract EventBroker events();

    protected abstract MeterRegistry metrics();

    protected abstract SmallRyeHealthReporter health();

    protected abstract BrokerControl control();

    @BeforeEach
    void isUp() {
        await().atMost(RECOVERED).until(() -> broker().health().up());
    }

    @AfterEach
    void closeSubscriptions() {
        subscriptions.forEach(Subscription::close);
    }

    Recorder subscribe(Recorder recorder) {
        subscribe(destination, RECEIVER, recorder);
        return recorder;
    }

    void subscribe(Destination from, String group, MessageHandler handler) {
        subscriptions.add(broker().subscribe(from, group, 4, handler));
    }

    Recorder deadLetters() {
        Recorder dead = Recorder.handling();
        subscribe(new Destination(channel + "." + RECEIVER + ".dead", null, "reader"), "reader", dead);
        return dead;
    }

    /** Consumers that join a group one after the other may make the first give back what it has just begun with. */
    void settle() {
        await().atMost(SOON).until(() -> broker().health().up());
        AtomicInteger arrived = new AtomicInteger();
        Destination probe = new Destination(channel + ".probe", null, RECEIVER);
        subscribe(probe, RECEIVER, message -> {
            arrived.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        });
        publish(probe, message("k", "probe"));
        await().atMost(SOON).until(() -> arrived.get() > 0);
    }

    void publish(String payload) {
        publish(destination, message(payload, payload));
    }

    void publish(Destination to, Envelope message) {
        broker().publish(to, message).toCompletableFuture().join();
    }

    void publishMany(int plan, Set<String> sent) {
        IntStream.range(0, 100).forEach(i -> {
            publishUntilTaken(message("plan-" + plan, plan + "/" + i));
            sent.add(plan + "/" + i);
        });
    }

    void publishUntilTaken(Envelope message) {
        await().atMost(RECOVERED)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    try {
                        publish(destination, message);
                        return true;
                    } catch (RuntimeException e) {
                        return false;
                    }
                });
    }

    static Envelope message(String key, String payload) {
        return new Envelope(UUID.randomUUID().toString(), key, payload, Map.of());
    }

    double count(String what) {
        return metrics().counter("upstep.events." + what, "channel", channel).count();
    }
}
