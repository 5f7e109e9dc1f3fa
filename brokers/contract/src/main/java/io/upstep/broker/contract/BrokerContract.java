package io.upstep.broker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.upstep.broker.Broker;
import io.upstep.broker.Destination;
import io.upstep.broker.Envelope;
import io.upstep.broker.MessageHandler;
import io.upstep.broker.PublishException;
import io.upstep.broker.RejectedException;
import io.upstep.broker.Subscription;
import io.upstep.broker.UndeliverableException;
import io.upstep.event.Event;
import io.upstep.event.EventType;
import io.upstep.event.WorkerSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The law of {@link Broker}: whatever broker is chosen, these hold. */
public abstract class BrokerContract extends PatienceLaw {
    @Test
    void shouldDeliverOnceWhenAcknowledged() {
        Recorder recorder = subscribe(Recorder.handling());
        Envelope message =
                new Envelope("id-1", "plan-1", "{\"ä\":1}", Map.of("upstep-type", "x", "traceparent", "00-a-b-01"));

        publish(destination, message);

        await().atMost(SOON).until(() -> recorder.handled().contains(message));
        publish("after");
        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
        assertThat(recorder.tries()).hasSize(2);
    }

    @Test
    void shouldRefuseForGoodAndDisturbNobodyWhenAMessageIsTooLargeForAnyBroker() {
        Recorder recorder = subscribe(Recorder.handling());
        CompletableFuture<Void> refused = broker().publish(destination, message("k", "x".repeat(MAX_BYTES + 1)))
                .toCompletableFuture();

        assertThat(refused).as("without asking the broker").isCompletedExceptionally();
        assertThatThrownBy(refused::join).hasCauseInstanceOf(UndeliverableException.class);
        publish("next");
        await().atMost(SOON).until(() -> recorder.payloads().equals(List.of("next")));
    }

    @Test
    void shouldTakeTheLargestMessageAllowedAlsoAsADeadLetter() {
        Recorder dead = deadLetters();
        subscribe(Recorder.ending(message -> {
            throw new RejectedException("r".repeat(5000));
        }));
        String largest = "x".repeat(MAX_BYTES - 100);

        publish(destination, message("k", largest));

        await().atMost(SOON).until(() -> dead.payloads().equals(List.of(largest)));
    }

    @Test
    void shouldKeepWhatIsPublishedWhenThereIsNoConsumerYet() {
        publish("a");
        publish("b");

        Recorder recorder = subscribe(Recorder.handling());

        await().atMost(SOON).until(() -> Set.copyOf(recorder.payloads()).equals(Set.of("a", "b")));
    }

    @Test
    void shouldDeliverAgainWhenTheConsumerClosesWithoutAcknowledging() {
        Recorder hanging = Recorder.neverEnding();
        Subscription first = broker().subscribe(destination, RECEIVER, 4, hanging);
        publish("a");
        await().atMost(SOON).until(() -> hanging.tries().size() == 1);

        first.close();
        Recorder second = subscribe(Recorder.handling());

        await().atMost(SOON).until(() -> second.payloads().equals(List.of("a")));
    }

    @Test
    void shouldNotDeliverAgainWhenTheConsumerClosesInGoodOrder() {
        Recorder first = Recorder.handling();
        Subscription closing = broker().subscribe(destination, RECEIVER, 4, first);
        IntStream.range(0, 20).forEach(i -> publish("m" + i));
        await().atMost(SOON).until(() -> first.handled().size() == 20);

        closing.close();
        Recorder second = subscribe(Recorder.handling());
        publish("after");

        await().atMost(SOON).until(() -> second.payloads().contains("after"));
        assertThat(second.payloads()).containsExactly("after");
    }

    @Test
    void shouldTryAgainAfterADelayWhenHandlingFails() {
        AtomicInteger tries = new AtomicInteger();
        Recorder recorder = subscribe(Recorder.ending(message -> tries.incrementAndGet() < 3
                ? CompletableFuture.failedFuture(new IllegalStateException("not yet"))
                : CompletableFuture.completedFuture(null)));

        publish("a");

        await().atMost(SOON).until(() -> recorder.payloads().equals(List.of("a")));
        assertThat(tries).hasValue(3);
        assertThat(count("retried")).isEqualTo(2);
        assertThat(count("handled")).isEqualTo(1);
        assertThat(count("published")).isEqualTo(1);
    }

    @Test
    void shouldGoToTheDeadLettersWithTheReasonWhenEveryTryFailed() {
        Recorder dead = deadLetters();
        Recorder failing = subscribe(Recorder.failing(new IllegalStateException("the disk is full")));

        publish(destination, new Envelope("id-1", "plan-1", "a", Map.of("upstep-type", "x")));

        await().atMost(SOON).until(() -> dead.handled().size() == 1);
        Envelope letter = dead.handled().get(0);
        assertThat(letter.id()).isEqualTo("id-1");
        assertThat(letter.payload()).isEqualTo("a");
        assertThat(letter.headers())
                .containsEntry("upstep-type", "x")
                .containsEntry("upstep-attempts", "3")
                .containsEntry("upstep-source", channel + "/" + RECEIVER);
        assertThat(letter.headers().get("upstep-reason")).contains("the disk is full");
        assertThat(failing.tries()).hasSize(3);
        assertThat(count("dead")).isEqualTo(1);
    }

    @Test
    void shouldGoToTheDeadLettersAtOnceWhenRejectedAndHandleTheNext() {
        Recorder dead = deadLetters();
        Recorder recorder = subscribe(Recorder.ending(message -> {
            if (message.payload().equals("bad")) {
                throw new RejectedException("expected something else");
            }
            return CompletableFuture.completedFuture(null);
        }));

        publish("bad");
        publish("good");

        await().atMost(SOON).until(() -> recorder.payloads().equals(List.of("good")));
        await().atMost(SOON).until(() -> dead.payloads().equals(List.of("bad")));
        assertThat(dead.handled().get(0).headers())
                .containsEntry("upstep-reason", "expected something else")
                .containsEntry("upstep-attempts", "1");
        assertThat(count("rejected")).isEqualTo(1);
    }

    @Test
    void shouldShareWhenConsumersCompete() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        AtomicInteger deliveries = new AtomicInteger();
        MessageHandler handler = message -> {
            seen.add(message.payload());
            deliveries.incrementAndGet();
            return CompletableFuture.completedFuture(null);
        };
        subscribe(destination, RECEIVER, handler);
        subscribe(destination, RECEIVER, handler);
        settle();

        IntStream.range(0, 60).forEach(i -> publish("m" + i));

        await().atMost(SOON).until(() -> seen.size() == 60);
        assertThat(deliveries).hasValue(60);
    }

    @Test
    void shouldGiveEveryGroupEveryMessageWhenSeveralSubscribe() {
        Recorder receiver = subscribe(Recorder.handling());
        Recorder other = Recorder.handling();
        subscribe(destination, "other-" + channel, other);

        publish("a");
        publish("b");

        await().atMost(SOON).until(() -> Set.copyOf(receiver.payloads()).equals(Set.of("a", "b")));
        await().atMost(SOON).until(() -> Set.copyOf(other.payloads()).equals(Set.of("a", "b")));
    }

    @Test
    void shouldGiveAnotherGroupOnlyWhatComesWhenItSubscribesLater() {
        publish("before");
        Recorder other = Recorder.handling();
        subscribe(destination, "other-" + channel, other);

        publish("after");

        await().atMost(SOON).until(() -> !other.handled().isEmpty());
        assertThat(other.payloads()).containsExactly("after");
        Recorder receiver = subscribe(Recorder.handling());
        await().atMost(SOON).until(() -> Set.copyOf(receiver.payloads()).equals(Set.of("before", "after")));
    }

    @Test
    void shouldDeliverOnlyToItsClusterWhenRoutedByCluster() {
        Destination east = new Destination(channel, "east", RECEIVER);
        Destination west = new Destination(channel, "west", RECEIVER);
        Recorder inEast = Recorder.handling();
        Recorder inWest = Recorder.handling();
        subscribe(east, RECEIVER, inEast);
        subscribe(west, RECEIVER, inWest);

        publish(east, message("k", "to-east"));
        publish(west, message("k", "to-west"));

        await().atMost(SOON)
                .until(() -> !inEast.handled().isEmpty() && !inWest.handled().isEmpty());
        assertThat(inEast.payloads()).containsExactly("to-east");
        assertThat(inWest.payloads()).containsExactly("to-west");
    }

    @Test
    void shouldKeepTheOrderOfEachKeyAlsoWhenSomeAreTriedAgain() {
        Map<String, Integer> tries = new ConcurrentHashMap<>();
        Recorder recorder = Recorder.ending(message -> {
            boolean firstTry = tries.merge(message.id(), 1, Integer::sum) == 1;
            return firstTry && message.payload().endsWith("3")
                    ? CompletableFuture.failedFuture(new IllegalStateException("hiccup"))
                    : CompletableFuture.completedFuture(null);
        });
        subscribe(recorder);

        for (int i = 0; i < 10; i++) {
            publish(destination, message("plan-a", "a" + i));
            publish(destination, message("plan-b", "b" + i));
        }

        await().atMost(SOON).until(() -> recorder.handled().size() >= 20);
        for (String plan : List.of("a", "b")) {
            List<String> inOrder =
                    IntStream.range(0, 10).mapToObj(i -> plan + i).toList();
            assertThat(recorder.payloads().stream().filter(payload -> payload.startsWith(plan)))
                    .containsExactlyElementsOf(inOrder);
        }
    }

    @Test
    void shouldFailLoudlyAndComeBackWhenTheBrokerIsStoppedForAWhile() throws Exception {
        Recorder recorder = subscribe(Recorder.handling());
        publish("before");
        await().atMost(SOON).until(() -> recorder.payloads().contains("before"));

        control().stop();
        CompletableFuture<Void> published =
                broker().publish(destination, message("k", "lost?")).toCompletableFuture();
        assertThatThrownBy(() -> published.get(SOON.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PublishException.class);
        await().atMost(SOON).until(() -> !broker().health().up());
        assertThat(health().getReadiness().isDown()).isTrue();
        assertThat(health().getLiveness().isDown())
                .as("a restart of ours cures nothing")
                .isFalse();

        control().start();
        await().atMost(RECOVERED).until(() -> broker().health().up());
        assertThat(health().getReadiness().isDown()).isFalse();
        publish("after");
        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
    }

    @Test
    void shouldLoseNothingWhenTheBrokerIsKilledInTheMiddleOfTraffic() {
        Recorder recorder = subscribe(Recorder.handling());
        Set<String> sent = ConcurrentHashMap.newKeySet();
        CompletableFuture<Void> traffic = CompletableFuture.allOf(IntStream.range(0, 4)
                .mapToObj(plan -> CompletableFuture.runAsync(() -> publishMany(plan, sent)))
                .toArray(CompletableFuture<?>[]::new));
        await().atMost(SOON).until(() -> sent.size() > 100);

        control().kill();
        control().start();

        await().atMost(RECOVERED).until(traffic::isDone);
        assertThat(traffic).isCompleted();
        await().atMost(RECOVERED)
                .untilAsserted(() -> assertThat(Set.copyOf(recorder.payloads())).containsAll(sent));
        assertThat(sent).hasSize(400);
        await().atMost(SOON).until(() -> broker().health().up());
    }

    @Test
    void shouldSayDownThenDeclareAgainWhenAQueueIsGone() {
        publish("before");

        control().delete(channel, RECEIVER);

        await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> !broker().health()
                .up());
        assertThat(broker().health().problem()).contains(channel);
        assertThat(health().getReadiness().isDown()).isTrue();
        await().atMost(SOON).until(() -> broker().health().up());
        publish("after");
        Recorder recorder = subscribe(Recorder.handling());
        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
    }

    @Test
    void shouldGoOnConsumingWhenItsQueueIsGone() {
        Recorder recorder = subscribe(Recorder.handling());
        publish("before");
        await().atMost(SOON).until(() -> recorder.payloads().contains("before"));

        control().delete(channel, RECEIVER);
        publishUntilTaken(message("k", "after"));

        await().atMost(SOON).until(() -> recorder.payloads().contains("after"));
        await().atMost(SOON).until(() -> broker().health().up());
    }

    @Test
    void shouldKeepWhatIsPublishedWhileItsQueueIsGone() {
        publish("before");

        control().delete(channel, RECEIVER);
        publishUntilTaken(message("k", "meanwhile"));

        await().atMost(SOON).until(() -> broker().health().up());
        Recorder recorder = subscribe(Recorder.handling());
        await().atMost(SOON).until(() -> recorder.payloads().contains("meanwhile"));
    }

    @Test
    void shouldDeadLetterAndCountWhenAMessageIsNoEvent() {
        Destination seen = new Destination(EventType.WORKER_SEEN.channel(), null, "planner");
        Recorder dead = Recorder.handling();
        subscribe(new Destination("worker.seen.planner.dead", null, RECEIVER), RECEIVER, dead);
        List<String> workers = new java.util.concurrent.CopyOnWriteArrayList<>();
        double rejected = metrics()
                .counter("upstep.events.rejected", "channel", "worker.seen")
                .count();
        subscriptions.add(events().subscribe(WorkerSeen.class, null, "planner", 2, event -> {
            workers.add(event.data().worker());
            return CompletableFuture.completedFuture(null);
        }));

        publish(seen, message("k", "\u0000 this is no event"));
        events().publish(workerSeen()).toCompletableFuture().join();

        await().atMost(SOON).until(() -> workers.contains("executor-1"));
        await().atMost(SOON).until(() -> dead.payloads().contains("\u0000 this is no event"));
        assertThat(dead.handled().get(0).headers().get("upstep-reason")).contains("expected a CloudEvents");
        assertThat(metrics()
                        .counter("upstep.events.rejected", "channel", "worker.seen")
                        .count())
                .isEqualTo(rejected + 1);
    }

    private static Event<WorkerSeen> workerSeen() {
        return Event.of(
                "/upstep/executor",
                Instant.parse("2026-11-20T00:00:00Z"),
                new WorkerSeen(
                        "executor-1",
                        EventType.Role.EXECUTOR,
                        "1",
                        List.of(),
                        List.of(),
                        Instant.parse("2026-11-20T00:00:00Z"),
                        Duration.ofSeconds(10),
                        false));
    }
}
