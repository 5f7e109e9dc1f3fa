package io.upstep.broker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.upstep.broker.Broker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The law of {@link Broker} on time that runs out: of a consumer that takes long, of a broker that stands still. */
public abstract class PatienceLaw extends ContractBench {
    private static final Duration LONG = CONSUMER_TIMEOUT.multipliedBy(3);

    @Test
    void shouldNotDeliverAgainWhenAcknowledgedAtOnceThoughTheWorkGoesOn() {
        CompletableFuture<Void> work = new CompletableFuture<>();
        List<String> worked = new CopyOnWriteArrayList<>();
        Recorder recorder = subscribe(Recorder.ending(message -> {
            work.thenRun(() -> worked.add(message.payload()));
            return CompletableFuture.completedFuture(null);
        }));

        publish("doorbell");

        await().atMost(SOON).until(() -> recorder.payloads().contains("doorbell"));
        await().during(LONG).atMost(LONG.plus(SOON)).until(() -> broker().health()
                .up());
        publish("next");
        await().atMost(SOON).until(() -> recorder.payloads().contains("next"));
        assertThat(worked).isEmpty();
        work.complete(null);
        assertThat(worked).containsExactlyInAnyOrder("doorbell", "next");
    }

    @Test
    void shouldLoseNothingAndGoOnWhenAHandlerHoldsAMessageForLongerThanTheBrokerWaits() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        Recorder recorder = subscribe(Recorder.ending(
                message -> message.payload().equals("slow") ? held : CompletableFuture.completedFuture(null)));

        publish("slow");
        await().atMost(SOON).until(() -> recorder.tries().size() == 1);
        AtomicInteger others = new AtomicInteger();
        await().during(LONG)
                .atMost(LONG.plus(SOON))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> handlesAnother(recorder, others));

        held.complete(null);
        await().atMost(SOON).until(() -> recorder.payloads().contains("slow"));
        publish("after");
        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
        await().atMost(SOON).until(() -> broker().health().up());
        assertThat(recorder.tries().stream().filter(message -> message.payload().equals("slow")))
                .as("at most once more for each time it waited in vain")
                .hasSizeLessThanOrEqualTo(1 + (int) (LONG.toSeconds() / CONSUMER_TIMEOUT.toSeconds()));
    }

    @Test
    void shouldLoseNothingConfirmedAndGoOnWhenTheBrokerStandsStillForLongerThanItsClientsWait() {
        Recorder recorder = subscribe(Recorder.handling());
        Set<String> sent = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> traffic = CompletableFuture.allOf(IntStream.range(0, 4)
                .mapToObj(plan -> CompletableFuture.runAsync(() -> publishMany(plan, sent)))
                .toArray(CompletableFuture<?>[]::new));
        await().atMost(SOON).until(() -> sent.size() > 100);

        control().pause();
        try {
            await().atMost(SOON).until(() -> !broker().health().up());
            await().during(LONG).atMost(LONG.plus(SOON)).until(() -> !broker().health()
                    .up());
        } finally {
            control().resume();
        }

        await().atMost(RECOVERED).until(traffic::isDone);
        assertThat(traffic).isCompleted();
        await().atMost(RECOVERED)
                .untilAsserted(() -> assertThat(Set.copyOf(recorder.payloads())).containsAll(sent));
        assertThat(sent).hasSize(400);
        await().atMost(RECOVERED).until(() -> broker().health().up());
        publish("after");
        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
    }

    @Test
    void shouldGoOnByItselfWhenTheBrokerStoodStillWhileNobodyPublished() {
        Recorder recorder = subscribe(Recorder.handling());
        publish("before");
        await().atMost(SOON).until(() -> recorder.payloads().contains("before"));

        control().pause();
        try {
            await().atMost(SOON).until(() -> !broker().health().up());
            await().during(LONG).atMost(LONG.plus(SOON)).until(() -> !broker().health()
                    .up());
        } finally {
            control().resume();
        }

        await().atMost(RECOVERED).until(() -> broker().health().up());
        publish("after");
        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
        assertThat(recorder.payloads().stream().distinct()).containsExactly("before", "after");
    }

    /** Publishes one that nobody holds up; it must be handled soon, however the slow one fares. */
    private boolean handlesAnother(Recorder recorder, AtomicInteger others) {
        String payload = "other-" + others.incrementAndGet();
        publish(payload);
        await().atMost(SOON).until(() -> recorder.payloads().contains(payload));
        return true;
    }
}
