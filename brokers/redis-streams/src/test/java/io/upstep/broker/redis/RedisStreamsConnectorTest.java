package io.upstep.broker.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static redis.clients.jedis.params.XAutoClaimParams.xAutoClaimParams;
import static redis.clients.jedis.params.XReadGroupParams.xReadGroupParams;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.resps.StreamEntry;

class RedisStreamsConnectorTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static RedisServer server;

    private Channels channels;
    private Jedis redis;

    @BeforeAll
    static void startServer() {
        server = RedisServer.started();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        channels = new Channels(server);
        redis = server.client();
        redis.flushAll();
    }

    @AfterEach
    void close() {
        channels.close();
        redis.close();
    }

    @Test
    void shouldDeliverInOrderAndLeaveNothingPendingWhenAcknowledged() {
        Receiver receiver = channels.receiver("s", "g").acking();
        channels.sendAll("s", 100);
        await().untilAsserted(() -> assertThat(receiver.ids()).isEqualTo(ids(100)));
        await().until(() -> redis.xpending("s", "g").getTotal() == 0);
    }

    @Test
    void shouldCarryIdKeyAndHeadersWhenSentThroughAChannel() {
        Receiver receiver = channels.receiver("s", "g").acking();
        Message<String> message = Message.of("text")
                .addMetadata(new OutgoingRedisStreamsMetadata("s", "id-1", "plan-7", Map.of("trace", "abc")));
        Multi.createFrom().<Message<?>>item(message).subscribe(channels.sender("elsewhere", Map.of()));
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(1));
        IncomingRedisStreamsMetadata metadata = Receiver.metadata(receiver.received.get(0));
        assertThat(metadata.id()).isEqualTo("id-1");
        assertThat(metadata.key()).isEqualTo("plan-7");
        assertThat(metadata.headers()).containsExactlyEntriesOf(Map.of("trace", "abc"));
        assertThat(metadata.attempt()).isEqualTo(1);
        assertThat(receiver.received.get(0).getPayload()).isEqualTo("text");
    }

    @Test
    void shouldHandOverWhatAForeignSenderWroteWhenItIsNoMessageOfOurs() {
        Receiver receiver = channels.receiver("s", "g").acking();
        StreamEntryID entry = redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("foo", "bar"));
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly(entry.toString()));
        assertThat(receiver.received.get(0).getPayload()).isEqualTo("");
        assertThat(Receiver.metadata(receiver.received.get(0)).headers()).containsEntry("foo", "bar");
    }

    @Test
    void shouldDeliverToOthersAtOnceWhenAConsumerGoesAwayWithoutAcknowledging() {
        Receiver first = channels.receiver("s", "g");
        channels.sendAll("s", 5);
        await().untilAsserted(() -> assertThat(first.received).hasSize(5));
        Receiver second = channels.receiver("s", "g").acking();
        first.cancel();
        // Well before it would be taken for dead.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(second.ids()).isEqualTo(ids(5)));
        assertThat(Receiver.metadata(second.received.get(0)).attempt()).isEqualTo(2);
    }

    @Test
    void shouldDeliverToOthersWhenAConsumerDiesAndShowsNoMoreLife() {
        redis.xgroupCreate("s", "g", new StreamEntryID(), true);
        channels.sendAll("s", 3);
        readAsOneWhoDies("gone", 3);
        Receiver survivor =
                channels.receiver("s", "g", Map.of("claim-idle-ms", "300")).acking();
        await().untilAsserted(() -> assertThat(survivor.ids()).isEqualTo(ids(3)));
        await().until(() -> redis.xpending("s", "g").getTotal() == 0);
    }

    @Test
    void shouldNotStealWhatIsInFlightWhenItTakesLongerThanClaimIdle() {
        Map<String, String> impatient = Map.of("claim-idle-ms", "2000");
        Receiver slow = channels.receiver("s", "g", impatient);
        channels.sendAll("s", 3);
        await().untilAsserted(() -> assertThat(slow.received).hasSize(3));
        Receiver idle = channels.receiver("s", "g", impatient);
        await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(20)).until(idle.received::isEmpty);
        slow.received.forEach(Message::ack);
        await().until(() -> redis.xpending("s", "g").getTotal() == 0);
        assertThat(slow.received).hasSize(3);
    }

    @Test
    void shouldTryAgainWhenNacked() {
        Receiver receiver = channels.receiver("s", "g");
        receiver.reacting(message -> {
            if (Receiver.metadata(message).attempt() < 3) {
                message.nack(new IllegalStateException("not yet"));
            } else {
                message.ack();
            }
        });
        channels.sendAll("s", 1);
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "0", "0"));
        await().until(() -> redis.xpending("s", "g").getTotal() == 0);
        assertThat(redis.exists("s.dead")).isFalse();
    }

    @Test
    void shouldLayWithTheDeadLettersWithTheReasonWhenTheLastTryFailed() {
        Receiver receiver = channels.receiver("s", "g", Map.of("retries", "2"));
        receiver.reacting(message -> message.nack(new IllegalStateException("no such cluster")));
        channels.sendAll("s", 1);
        await().until(() -> redis.xlen("s.dead") == 1);
        assertThat(deadLetters("s.dead").get(0).getFields())
                .containsEntry("id", "0")
                .containsEntry("payload", "payload 0")
                .containsEntry("upstep-reason", "no such cluster")
                .containsEntry("upstep-attempts", "3")
                .containsEntry("upstep-source", "s")
                .containsEntry("upstep-group", "g");
        assertThat(receiver.received).hasSize(3);
        await().until(() -> redis.xpending("s", "g").getTotal() == 0);
    }

    @Test
    void shouldKeepTheNewestDeadLettersWhenThereAreMoreThanItIsToKeep() {
        Receiver receiver = channels.receiver("s", "g", Map.of("retries", "0", "dead-keep", "50"));
        receiver.reacting(message -> message.nack(new IllegalStateException("no such cluster")));
        channels.sendAll("s", 1000);
        await().until(() ->
                receiver.received.size() == 1000 && redis.xpending("s", "g").getTotal() == 0);
        // Redis drops whole nodes of a stream, of 100 entries each.
        assertThat(redis.xlen("s.dead")).isBetween(50L, 200L);
        List<StreamEntry> kept = deadLetters("s.dead");
        assertThat(kept.get(kept.size() - 1).getFields().get("id")).hasSize(3).startsWith("9");
    }

    @Test
    void shouldLayWithTheDeadLettersWhatKillsItsConsumersAgainAndAgain() {
        redis.xgroupCreate("s", "g", new StreamEntryID(), true);
        channels.sendAll("s", 1);
        readAsOneWhoDies("victim-1", 1);
        claimAsOneWhoDies("victim-2");
        claimAsOneWhoDies("victim-3");
        Receiver receiver = channels.receiver("s", "g", Map.of("claim-idle-ms", "100", "max-deliveries", "3"));
        await().until(() -> redis.xlen("s.dead") == 1);
        assertThat(deadLetters("s.dead").get(0).getFields())
                .containsEntry("id", "0")
                .containsEntry("upstep-attempts", "3")
                .hasEntrySatisfying(
                        "upstep-reason", reason -> assertThat(reason).contains("delivered 3 times"));
        assertThat(receiver.received).isEmpty();
        // Laid down first, acknowledged then: the other way round it could be lost in between.
        await().until(() -> redis.xpending("s", "g").getTotal() == 0);
    }

    @Test
    void shouldKeepTheOrderAndAnswerEachWhenManyArePublishedAtOnce() {
        Receiver receiver =
                channels.receiver("s", "g", Map.of("prefetch", "200")).acking();
        channels.sendAll("s", 5000);
        assertThat(redis.xlen("s")).isEqualTo(5000);
        await().untilAsserted(() -> assertThat(receiver.ids()).isEqualTo(ids(5000)));
    }

    @Test
    void shouldTakeItsOwnUnacknowledgedEntriesBeforeNewOnesWhenItReturnsUnderItsName() {
        redis.xgroupCreate("s", "g", new StreamEntryID(), true);
        channels.sendAll("s", 5);
        readAsOneWhoDies("me", 3);
        Receiver receiver =
                channels.receiver("s", "g", Map.of("consumer", "me")).acking();
        await().untilAsserted(() -> assertThat(receiver.ids()).isEqualTo(ids(5)));
        assertThat(Receiver.metadata(receiver.received.get(0)).attempt()).isEqualTo(2);
        assertThat(Receiver.metadata(receiver.received.get(4)).attempt()).isEqualTo(1);
    }

    @Test
    void shouldNotDeliverTwiceWhatIsInFlightWhenTheConnectionIsLost() {
        Receiver receiver = channels.receiver("s", "g");
        channels.sendAll("s", 3);
        await().until(() -> receiver.received.size() == 3);
        redis.clientKill(new ClientKillParams().type(ClientType.NORMAL));
        redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("id", "later"));
        await().until(() -> receiver.ids().contains("later"));
        receiver.received.forEach(Message::ack);
        await().until(() -> redis.xpending("s", "g").getTotal() == 0);
        assertThat(receiver.ids()).containsExactly("0", "1", "2", "later");
    }

    @Test
    void shouldServeTheOthersWhenASubscriberThrows() {
        Receiver broken = channels.receiver("s", "g");
        broken.reacting(message -> {
            throw new IllegalStateException("a subscriber may not do this");
        });
        channels.sendAll("s", 3);
        await().until(() -> !broken.received.isEmpty());
        Receiver sound = channels.receiver("s", "g").acking();
        await().untilAsserted(() -> assertThat(sound.ids()).containsExactly("0", "1", "2"));
    }

    @Test
    void shouldNameTheRisksWhenTheServerMayForget() {
        try (StreamTopology topology = StreamTopology.connect(server.address(), Duration.ofSeconds(2))) {
            assertThat(topology.risks()).isEmpty();
            redis.configSet("maxmemory-policy", "allkeys-lru");
            assertThat(topology.risks()).singleElement().asString().contains("noeviction");
        } finally {
            redis.configSet("maxmemory-policy", "noeviction");
        }
    }

    @Test
    void shouldShareMessagesWhenConsumersCompete() {
        Receiver first = channels.receiver("s", "g", Map.of("prefetch", "4")).acking();
        Receiver second = channels.receiver("s", "g", Map.of("prefetch", "4")).acking();
        channels.sendAll("s", 500);
        await().until(() -> first.received.size() + second.received.size() == 500);
        assertThat(first.received).isNotEmpty();
        assertThat(second.received).isNotEmpty();
        assertThat(first.ids()).doesNotContainAnyElementsOf(second.ids());
    }

    @Test
    void shouldGiveEveryGroupEveryMessageWhenThereAreSeveral() {
        Receiver first = channels.receiver("s", "g1").acking();
        Receiver second = channels.receiver("s", "g2").acking();
        channels.sendAll("s", 10);
        await().untilAsserted(() -> assertThat(first.ids()).isEqualTo(ids(10)));
        await().untilAsserted(() -> assertThat(second.ids()).isEqualTo(ids(10)));
    }

    @Test
    void shouldGetOnlyWhatComesWhenANewGroupStartsAtTheEnd() {
        channels.sendAll("s", 3);
        Receiver receiver =
                channels.receiver("s", "late", Map.of("start-id", "$")).acking();
        await().until(() -> channels.connector.getReadiness().isOk());
        redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("id", "new"));
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("new"));
    }

    @Test
    void shouldTakeNoMoreThanThePrefetchWhenNothingIsAcknowledged() {
        Receiver receiver = channels.receiver("s", "g", Map.of("prefetch", "3"));
        channels.sendAll("s", 10);
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(3));
        await().during(SHORT).until(() -> receiver.received.size() == 3);
        receiver.received.get(0).ack();
        await().untilAsserted(() -> assertThat(receiver.received).hasSize(4));
    }

    @Test
    void shouldNotTakeAnythingWhenCancelled() {
        Receiver receiver = channels.receiver("s", "g").acking();
        await().until(() -> channels.connector.getReadiness().isOk());
        receiver.cancel();
        await().until(() -> redis.xinfoConsumers2("s", "g").isEmpty());
        channels.sendAll("s", 3);
        await().during(SHORT).until(receiver.received::isEmpty);
        assertThat(channels.connector.getReadiness().getChannels()).isEmpty();
    }

    private void readAsOneWhoDies(String consumer, int count) {
        redis.xreadGroup(
                "g",
                consumer,
                xReadGroupParams().count(count),
                Map.of("s", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
    }

    private void claimAsOneWhoDies(String consumer) {
        redis.xautoclaim("s", "g", consumer, 0, new StreamEntryID(), xAutoClaimParams());
    }

    private List<StreamEntry> deadLetters(String stream) {
        return redis.xrange(stream, "-", "+");
    }

    private static List<String> ids(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
