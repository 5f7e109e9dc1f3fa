package io.upstep.broker.redis;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

class RedisOutageTest {
    private RedisServer server;
    private Channels channels;

    @BeforeEach
    void open() {
        server = RedisServer.started();
        channels = new Channels(server);
    }

    @AfterEach
    void close() {
        if (channels != null) {
            channels.close();
            server.close();
        }
    }

    @Test
    void shouldGoOnByItselfWhenTheStreamIsDeleted() {
        Receiver receiver = channels.receiver("s", "g").acking();
        channels.sendAll("s", 1);
        await().until(() -> receiver.received.size() == 1);
        try (Jedis redis = server.client()) {
            redis.del("s");
            await().until(() -> redis.exists("s")); // declared again, without anything having been sent
        }
        channels.sendAll("s", 2);
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("0", "0", "1"));
    }

    @Test
    void shouldGoOnByItselfWhenEverythingIsFlushedWithMessagesInFlight() {
        Receiver receiver = channels.receiver("s", "g");
        channels.sendAll("s", 2);
        await().until(() -> receiver.received.size() == 2);
        try (Jedis redis = server.client()) {
            redis.flushAll();
        }
        receiver.received.forEach(Message::ack);
        receiver.acking();
        channels.sendAll("s", 3);
        await().until(() -> receiver.received.size() == 5);
        await().until(() -> channels.connector.getReadiness().isOk());
    }

    @Test
    void shouldNotMissAnythingWhenTheGroupIsDestroyedWhileMessagesCome() {
        Receiver receiver = channels.receiver("s", "g").acking();
        channels.sendAll("s", 1);
        await().until(() -> receiver.received.size() == 1);
        try (Jedis redis = server.client()) {
            redis.xgroupDestroy("s", "g");
            redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("id", "meanwhile"));
        }
        await().untilAsserted(() -> assertThat(receiver.ids()).contains("meanwhile"));
    }

    @Test
    void shouldGoOnWhereItWasWhenAGroupForNewMessagesIsDestroyed() {
        channels.sendAll("s", 2);
        Receiver receiver = channels.receiver("s", "g", Map.of("start-id", "$")).acking();
        await().until(() -> channels.connector.getReadiness().isOk());
        try (Jedis redis = server.client()) {
            redis.xgroupDestroy("s", "g");
            redis.xadd("s", StreamEntryID.NEW_ENTRY, Map.of("id", "meanwhile"));
        }
        await().untilAsserted(() -> assertThat(receiver.ids()).containsExactly("meanwhile"));
    }

    @Test
    void shouldBeDownWhileUnreachableAndUpAgainWhenItReturns() {
        channels.receiver("s", "g");
        channels.sendAll("s", 1);
        await().until(() -> channels.connector.getReadiness().isOk());
        server.kill();
        assertThat(channels.connector.getReadiness().isOk()).isFalse();
        assertThat(channels.connector.getLiveness().isOk()).isTrue();
        server.start();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> channels.connector.getReadiness().isOk());
    }

    @Test
    void shouldFailLoudlyInTimeWhenRedisIsDown() {
        server.kill();
        CompletableFuture<Void> confirmed =
                channels.send("s", 1, Map.of("publish-timeout-ms", "400")).get(0);
        assertThatThrownBy(() -> confirmed.get(60, TimeUnit.SECONDS))
                .hasCauseInstanceOf(PublishFailedException.class)
                .hasMessageContaining("did not answer within 400 ms")
                .hasMessageContaining("the last failure was");
    }

    @Test
    void shouldWaitForRedisWhenItReturnsInTime() {
        server.kill();
        CompletableFuture<Void> confirmed = channels.send("s", 1).get(0);
        await().during(Duration.ofMillis(200)).until(() -> !confirmed.isDone());
        server.start();
        await().untilAsserted(() -> assertThat(confirmed).isCompleted());
    }

    @Test
    void shouldFailLoudlyWhenRedisIsOutOfMemory() {
        try (Jedis redis = server.client()) {
            redis.configSet("maxmemory-policy", "noeviction");
            redis.configSet("maxmemory", "1");
        }
        assertThatThrownBy(() -> channels.send("s", 1).get(0).join())
                .hasCauseInstanceOf(PublishFailedException.class)
                .hasMessageContaining("OOM");
    }

    @Test
    void shouldFailLoudlyWhenTooFewReplicasConfirm() {
        Map<String, String> one = Map.of("wait-replicas", "1", "publish-timeout-ms", "400");
        assertThatThrownBy(() -> channels.send("s", 1, one).get(0).join()).hasMessageContaining("0 of 1 replicas");
    }

    @Test
    void shouldConfirmWhenTheReplicaHasTheMessage() {
        String primary = Integer.toString(server.port());
        try (RedisServer replica = RedisServer.started("--replicaof", "127.0.0.1", primary);
                Jedis redis = replica.client()) {
            await().until(() -> redis.info("replication").contains("master_link_status:up"));
            channels.send("s", 1, Map.of("wait-replicas", "1")).get(0).join();
            assertThat(redis.xlen("s")).isEqualTo(1);
        }
    }

    @Test
    void shouldLoseNothingWhenKilledAndRestartedInTheMiddleOfTraffic() {
        Set<String> confirmed = ConcurrentHashMap.newKeySet();
        AtomicBoolean more = new AtomicBoolean(true);
        Receiver receiver = channels.receiver("s", "g").acking();
        sendWhile(more, confirmed);
        for (int outage = 0; outage < 3; outage++) {
            int seen = receiver.received.size();
            await().atMost(Duration.ofSeconds(60)).until(() -> receiver.received.size() > seen + 500);
            server.kill();
            server.start();
        }
        int seen = receiver.received.size();
        await().atMost(Duration.ofSeconds(60)).until(() -> receiver.received.size() > seen + 500);
        more.set(false);
        assertThat(confirmed).hasSizeGreaterThan(1500);
        await().untilAsserted(() ->
                assertThat(receiver.ids().stream().collect(toSet())).containsAll(confirmed));
        try (Jedis redis = server.client()) {
            await().until(() -> redis.xpending("s", "g").getTotal() == 0);
        }
    }

    // As an outbox does: what was not confirmed is sent again, under the same id.
    private void sendWhile(AtomicBoolean more, Set<String> confirmed) {
        ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
        int[] next = new int[1];
        Multi<Message<?>> messages = Multi.createFrom().<Integer, Message<?>>generator(() -> 0, (ignored, emitter) -> {
            if (!more.get() && refused.isEmpty()) {
                emitter.complete();
                return 0;
            }
            String again = refused.poll();
            String id = again == null ? Integer.toString(next[0]++) : again;
            CompletableFuture<Void> result = new CompletableFuture<>();
            result.whenComplete((ok, failure) -> (failure == null ? confirmed : refused).add(id));
            emitter.emit(Channels.message(id, "x", result));
            return 0;
        });
        messages.subscribe(channels.sender("s", Map.of("buffer-size", "50")));
    }
}
