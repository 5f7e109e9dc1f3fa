package io.upstep.broker.embedded;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedConnectorTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final EmbeddedHub hub = new EmbeddedHub();
    private final EmbeddedConnector connector = new EmbeddedConnector(hub);

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void shouldDeliverOnceInOrderWhenAcknowledged() {
        Receiver receiver = Channels.receiver(connector, "q", "g").acking();
        publish("q", 100);
        await().untilAsserted(() -> assertThat(receiver.ids()).isEqualTo(ids(100)));
        receiver.cancel();
        Receiver next = Channels.receiver(connector, "q", "g").acking();
        publish("q", 1);
        await().untilAsserted(() -> assertThat(next.ids()).containsExactly("0"));
    }

    @Test
    void shouldCarryIdKeyAndHeadersWhenSentThroughAChannel() {
        Receiver receiver = Channels.receiver(connector, "q", "g").acking();
        Message<String> message = Message.of("text")
                .addMetadata(new OutgoingEmbeddedMetadata("q", "id-1", "plan-7", Map.of("trace", "abc")));
        Multi.createFrom().<Message<?>>item(message).subscribe(Channels.sender(connector, "elsewhere", Map.of()));
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(1));
        assertThat(Receiver.metadata(receiver.received.get(0)))
                .isEqualTo(new IncomingEmbeddedMetadata("q", "g", "id-1", "plan-7", Map.of("trace", "abc"), 1));
        assertThat(receiver.received.get(0).getPayload()).isEqualTo("text");
    }

    @Test
    void shouldKeepMessagesWhenTheGroupHasNoConsumerYet() {
        hub.ensure("q", "g");
        publish("q", 3);
        Receiver receiver = Channels.receiver(connector, "q", "g").acking();
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "1", "2"));
    }

    @Test
    void shouldKeepMessagesForTheFirstGroupWhenThereIsNoneYet() {
        publish("q", 3);
        assertThat(hub.retained("q")).hasSize(3);
        Receiver receiver = Channels.receiver(connector, "q", "g").acking();
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "1", "2"));
        assertThat(hub.retained("q")).isEmpty();
    }

    @Test
    void shouldDeliverToOthersInOrderWhenAConsumerGoesAwayWithoutAcknowledging() {
        Receiver first = Channels.receiver(connector, "q", "g");
        publish("q", 5);
        await().untilAsserted(() -> assertThat(first.received).hasSize(5));
        Receiver second = Channels.receiver(connector, "q", "g").acking();
        first.cancel();
        await().untilAsserted(() -> assertThat(second.ids()).isEqualTo(ids(5)));
        assertThat(Receiver.metadata(second.received.get(0)).attempt()).isEqualTo(2);
    }

    @Test
    void shouldHonourAnAcknowledgementWhenItComesAfterTheConsumerWent() {
        Receiver first = Channels.receiver(connector, "q", "g");
        publish("q", 2);
        await().untilAsserted(() -> assertThat(first.received).hasSize(2));
        first.cancel();
        first.received.get(0).ack();
        Receiver second = Channels.receiver(connector, "q", "g").acking();
        await().untilAsserted(() -> assertThat(second.ids()).containsExactly("1"));
    }

    @Test
    void shouldTryAgainWhenNacked() {
        Receiver receiver = Channels.receiver(connector, "q", "g");
        receiver.reacting(message -> {
            if (Receiver.metadata(message).attempt() < 3) {
                message.nack(new IllegalStateException("not yet"));
            } else {
                message.ack();
            }
        });
        publish("q", 1);
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "0", "0"));
        assertThat(hub.retained("q.dead")).isEmpty();
    }

    @Test
    void shouldLayWithTheDeadLettersWithTheReasonWhenTheLastTryFailed() {
        Receiver receiver = Channels.receiver(connector, "q", "g", Map.of("retries", "2"));
        receiver.reacting(message -> message.nack(new IllegalStateException("no such cluster")));
        publish("q", 1);
        await().untilAsserted(() -> assertThat(hub.retained("q.dead")).hasSize(1));
        assertThat(hub.retained("q.dead").get(0).headers())
                .containsEntry("upstep-reason", "no such cluster")
                .containsEntry("upstep-attempts", "3")
                .containsEntry("upstep-source", "q")
                .containsEntry("upstep-group", "g");
        assertThat(receiver.received).hasSize(3);
        receiver.acking();
        publish("q", 1);
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(4));
    }

    @Test
    void shouldShareMessagesWhenConsumersCompete() {
        Receiver first = Channels.receiver(connector, "q", "g").acking();
        Receiver second = Channels.receiver(connector, "q", "g").acking();
        publish("q", 200);
        await().until(() -> first.received.size() + second.received.size() == 200);
        assertThat(first.received).isNotEmpty();
        assertThat(second.received).isNotEmpty();
        assertThat(first.ids()).doesNotContainAnyElementsOf(second.ids());
    }

    @Test
    void shouldGiveEveryGroupEveryMessageWhenThereAreSeveral() {
        Receiver first = Channels.receiver(connector, "q", "g1").acking();
        Receiver second = Channels.receiver(connector, "q", "g2").acking();
        publish("q", 10);
        await().untilAsserted(() -> assertThat(first.ids()).isEqualTo(ids(10)));
        await().untilAsserted(() -> assertThat(second.ids()).isEqualTo(ids(10)));
    }

    @Test
    void shouldHandOutNoMoreThanThePrefetchWhenNothingIsAcknowledged() {
        Receiver receiver = Channels.receiver(connector, "q", "g", Map.of("prefetch", "3"));
        publish("q", 10);
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(3));
        await().during(SHORT).until(() -> receiver.received.size() == 3);
        receiver.received.get(0).ack();
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(4));
    }

    @Test
    void shouldMakeThePublisherWaitWhenTheGroupIsFull() {
        Receiver receiver = Channels.receiver(connector, "q", "g", Map.of("capacity", "2"));
        publish("q", 2);
        CompletableFuture<Void> third = offer("q", "third", Duration.ofMinutes(1));
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(2));
        assertThat(third).isNotDone();
        receiver.received.get(0).ack();
        assertThat(third).succeedsWithin(5, TimeUnit.SECONDS);
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "1", "third"));
    }

    @Test
    void shouldFailLoudlyWhenThereIsNoRoomInTime() {
        Channels.receiver(connector, "q", "g", Map.of("capacity", "1"));
        publish("q", 1);
        assertThatThrownBy(() -> offer("q", "late", SHORT).join())
                .hasCauseInstanceOf(PublishFailedException.class)
                .hasMessageContaining("held 1 unacknowledged messages for 50 ms");
    }

    @Test
    void shouldNackTheMessageOfAChannelWhenThereIsNoRoomInTimeAndGoOn() {
        Receiver receiver = Channels.receiver(connector, "q", "g", Map.of("capacity", "1"));
        List<Channels.Sent> sent =
                List.of(Channels.message("a", "a"), Channels.message("b", "b"), Channels.message("c", "c"));
        Multi.createFrom()
                .iterable(sent)
                .<Message<?>>map(Channels.Sent::message)
                .subscribe(Channels.sender(connector, "q", Map.of("publish-timeout-ms", "50", "buffer-size", "1")));
        await().until(() -> sent.get(2).confirmed().isDone());
        assertThat(sent.get(0).confirmed()).isCompleted();
        assertThat(sent.get(1).confirmed()).isCompletedExceptionally();
        assertThat(receiver.ids()).containsExactly("a");
    }

    @Test
    void shouldFailPublishingAndBeDownWhenStopped() {
        Receiver receiver = Channels.receiver(connector, "q", "g");
        assertThat(connector.getReadiness().isOk()).isTrue();
        hub.stop();
        assertThat(connector.getReadiness().isOk()).isFalse();
        assertThat(connector.getLiveness().isOk()).isTrue();
        assertThatThrownBy(() -> offer("q", "x", SHORT).join()).hasMessageContaining("is stopped");
        hub.start();
        assertThat(connector.getReadiness().isOk()).isTrue();
        offer("q", "x", SHORT).join();
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("x"));
    }

    @Test
    void shouldDeliverAgainWhatWasNotAcknowledgedWhenRestarted() {
        Receiver receiver = Channels.receiver(connector, "q", "g");
        publish("q", 3);
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(3));
        hub.stop();
        assertThat(receiver.received.get(0).ack().toCompletableFuture()).isCompletedExceptionally();
        receiver.acking();
        hub.start();
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "1", "2", "0", "1", "2"));
    }

    @Test
    void shouldSayWhatIsGoneAndGoOnWhenAQueueIsDeletedAndDeclaredAgain() {
        Receiver receiver = Channels.receiver(connector, "q", "g").acking();
        hub.delete("q");
        assertThat(hub.check("q", "g")).hasValue("queue 'q' has no group 'g'");
        assertThat(connector.getReadiness().isOk()).isFalse();
        publish("q", 2);
        hub.ensure("q", "g");
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "1"));
        assertThat(connector.getReadiness().isOk()).isTrue();
    }

    @Test
    void shouldNoLongerWatchAChannelWhenItsSubscriberHasGone() {
        Receiver receiver = Channels.receiver(connector, "q", "g");
        assertThat(connector.getReadiness().getChannels()).hasSize(1);
        receiver.cancel();
        assertThat(connector.getReadiness().getChannels()).isEmpty();
    }

    @Test
    void shouldServeTheOthersWhenASubscriberThrows() {
        Receiver broken = Channels.receiver(connector, "q", "g");
        broken.reacting(message -> {
            throw new IllegalStateException("a subscriber may not do this");
        });
        publish("q", 3);
        await().until(() -> !broken.received.isEmpty());
        Receiver sound = Channels.receiver(connector, "q", "g").acking();
        await().untilAsserted(() -> assertThat(sound.ids()).containsExactly("0", "1", "2"));
    }

    @Test
    void shouldKeepTheNewestDeadLettersWhenThereAreTooMany() {
        int tooMany = GroupSettings.CAPACITY + 5;
        publish("q.dead", tooMany);
        assertThat(hub.retained("q.dead")).hasSize(GroupSettings.CAPACITY);
        assertThat(hub.retained("q.dead").get(0).id()).isEqualTo("5");
    }

    @Test
    void shouldNotUseThePublishersThreadWhenDelivering() {
        var threads = new java.util.concurrent.ConcurrentLinkedQueue<String>();
        Receiver receiver = Channels.receiver(connector, "q", "g");
        receiver.reacting(message -> threads.add(Thread.currentThread().getName()));
        publish("q", 5);
        await().until(() -> threads.size() == 5);
        assertThat(threads.stream().collect(toSet())).allMatch(name -> name.startsWith("upstep-embedded-"));
    }

    private void publish(String queue, int count) {
        IntStream.range(0, count).forEach(i -> offer(queue, Integer.toString(i), Duration.ofSeconds(5))
                .join());
    }

    private CompletableFuture<Void> offer(String queue, String id, Duration timeout) {
        return hub.publish(queue, new EmbeddedRecord(id, "key", "payload " + id, Map.of()), timeout)
                .toCompletableFuture();
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
