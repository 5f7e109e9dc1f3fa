package io.upstep.broker.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static redis.clients.jedis.params.XReadGroupParams.xReadGroupParams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

class StreamTrimmerTest {
    private static RedisServer server;

    private Jedis redis;

    @BeforeAll
    static void startServer() {
        server = RedisServer.started("--stream-node-max-entries", "10");
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() {
        redis = server.client();
        redis.flushAll();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void shouldCutWhatEveryGroupHasAcknowledged() {
        add(1000);
        group("a");
        group("b");
        acknowledge("a", read("a", 900));
        acknowledge("b", read("b", 500));
        assertThat(trim(0, Duration.ZERO)).isBetween(480L, 500L);
        assertThat(read("b", 1000)).hasSize(500);
    }

    @Test
    void shouldKeepWhatIsPendingAndAllThatFollows() {
        add(1000);
        group("a");
        List<StreamEntryID> read = read("a", 1000);
        acknowledge("a", read.subList(0, 300));
        acknowledge("a", read.subList(301, 1000));
        trim(0, Duration.ZERO);
        assertThat(redis.xrange("s", read.get(300), read.get(300))).hasSize(1);
        assertThat(redis.xlen("s")).isBetween(700L, 720L);
    }

    @Test
    void shouldCutNothingWhenThereIsNoGroup() {
        add(500);
        assertThat(trim(0, Duration.ZERO)).isZero();
        assertThat(redis.xlen("s")).isEqualTo(500);
    }

    @Test
    void shouldKeepEntriesForLateReadersWhenToldHowMany() {
        add(1000);
        group("a");
        acknowledge("a", read("a", 1000));
        trim(400, Duration.ZERO);
        assertThat(redis.xlen("s")).isBetween(400L, 420L);
    }

    @Test
    void shouldKeepYoungEntriesForLateReadersWhenToldHowYoung() {
        add(1000);
        group("a");
        acknowledge("a", read("a", 1000));
        assertThat(trim(0, Duration.ofHours(1))).isZero();
    }

    @Test
    void shouldNeverDropWhatIsUnreadOrPendingWhateverTheGroupsDo() {
        Random random = new Random(42);
        for (int round = 0; round < 20; round++) {
            redis.flushAll();
            add(random.nextInt(500));
            Set<String> needed = new TreeSet<>();
            for (String name : List.of("a", "b", "c").subList(0, 1 + random.nextInt(3))) {
                group(name);
                List<StreamEntryID> read = read(name, 1 + random.nextInt(500));
                acknowledgeSome(name, read, random, needed);
                everythingAfter(read).forEach(entry -> needed.add(entry.getID().toString()));
            }
            trim(random.nextInt(50), Duration.ZERO);
            assertThat(redis.xrange("s", "-", "+").stream()
                            .map(entry -> entry.getID().toString()))
                    .containsAll(needed);
        }
    }

    @Test
    void shouldTrimByItselfWhenAChannelPublishes() {
        try (Channels channels = new Channels(server)) {
            channels.receiver("s", "g").acking();
            channels.sendAndStay(
                    "s", 600, Map.of("trim-interval-ms", "100", "trim-retain", "50", "trim-retain-age-ms", "0"));
            await().until(() -> redis.xlen("s") <= 70);
        }
    }

    private void acknowledgeSome(String group, List<StreamEntryID> read, Random random, Set<String> needed) {
        List<StreamEntryID> left =
                read.stream().filter(entry -> random.nextInt(10) == 0).toList();
        left.forEach(entry -> needed.add(entry.toString()));
        List<StreamEntryID> settled =
                read.stream().filter(entry -> !left.contains(entry)).toList();
        if (!settled.isEmpty()) {
            acknowledge(group, settled);
        }
    }

    private List<StreamEntry> everythingAfter(List<StreamEntryID> read) {
        return read.isEmpty() ? redis.xrange("s", "-", "+") : redis.xrange("s", "(" + read.get(read.size() - 1), "+");
    }

    private long trim(long keepEntries, Duration keepAge) {
        return new StreamTrimmer(new RedisLink(server.address(), Duration.ofSeconds(2)), keepEntries, keepAge)
                .trim(redis, "s");
    }

    private void add(int count) {
        // Entries of the past: the age that is kept is counted in the server's whole seconds.
        long past = System.currentTimeMillis() - 10_000;
        Pipeline together = redis.pipelined();
        for (int i = 1; i <= count; i++) {
            together.xadd("s", new StreamEntryID(past, i), Map.of("id", Integer.toString(i)));
        }
        together.sync();
    }

    private void group(String name) {
        redis.xgroupCreate("s", name, new StreamEntryID(), true);
    }

    private List<StreamEntryID> read(String group, int count) {
        var answer = redis.xreadGroup(
                group,
                "someone",
                xReadGroupParams().count(count),
                Map.of("s", StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        return answer == null
                ? List.of()
                : answer.get(0).getValue().stream().map(StreamEntry::getID).toList();
    }

    private void acknowledge(String group, List<StreamEntryID> entries) {
        redis.xack("s", group, entries.toArray(StreamEntryID[]::new));
    }
}
