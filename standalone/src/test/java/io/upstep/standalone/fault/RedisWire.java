package io.upstep.standalone.fault;

import io.upstep.broker.contract.server.RealRedis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** Gets at messages with Redis' own commands: as a further consumer of a group, and as a group of its own. */
final class RedisWire implements Wire {
    private static final String WATCHER = "ci-watcher";
    private static final String THIEF = "thief";
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int REMEMBERED = 50;
    private static final int PAGE = 500;

    private final Map<String, String> completions = new LinkedHashMap<>();
    private final RealRedis broker;

    RedisWire(RealRedis broker) {
        this.broker = broker;
        try (Jedis redis = broker.client()) {
            redis.xgroupCreate(stream(Channel.COMPLETIONS), WATCHER, new StreamEntryID(), true);
        } catch (JedisDataException exists) {
            // The group is there: nothing to do.
        }
    }

    @Override
    public Optional<Letter> steal(Channel channel) {
        try (Jedis redis = broker.client()) {
            Optional<StreamEntry> taken = read(
                            redis,
                            channel.group(),
                            THIEF,
                            stream(channel),
                            StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY,
                            1,
                            PATIENCE_MILLIS)
                    .stream()
                    .findFirst();
            taken.ifPresent(entry -> redis.xack(stream(channel), channel.group(), entry.getID()));
            redis.xgroupDelConsumer(stream(channel), channel.group(), THIEF);
            return taken.map(RedisWire::letter);
        }
    }

    @Override
    public List<Letter> recent(Channel channel) {
        try (Jedis redis = broker.client()) {
            List<Letter> letters = new ArrayList<>();
            redis.xrevrange(stream(channel), (StreamEntryID) null, null, REMEMBERED)
                    .forEach(entry -> letters.add(letter(entry)));
            Collections.reverse(letters);
            return letters;
        }
    }

    @Override
    public void send(Channel channel, Letter letter) {
        Map<String, String> fields = new HashMap<>(letter.headers());
        fields.put("id", letter.id());
        fields.put("key", letter.key());
        fields.put("payload", letter.payload());
        try (Jedis redis = broker.client()) {
            redis.xadd(stream(channel), StreamEntryID.NEW_ENTRY, fields);
        }
    }

    @Override
    public synchronized List<String> completions() {
        try (Jedis redis = broker.client()) {
            // First what was delivered when the answer did not arrive, then what is new.
            keep(redis, new StreamEntryID());
            keep(redis, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY);
        }
        return List.copyOf(completions.values());
    }

    private void keep(Jedis redis, StreamEntryID from) {
        String stream = stream(Channel.COMPLETIONS);
        List<StreamEntry> page = read(redis, WATCHER, WATCHER, stream, from, PAGE, 1);
        while (!page.isEmpty()) {
            for (StreamEntry entry : page) {
                completions.put(entry.getID().toString(), entry.getFields().get("payload"));
                redis.xack(stream, WATCHER, entry.getID());
            }
            page = read(redis, WATCHER, WATCHER, stream, from, PAGE, 1);
        }
    }

    @Override
    public void close() {}

    private static List<StreamEntry> read(
            Jedis redis, String group, String consumer, String stream, StreamEntryID from, int count, int blockMillis) {
        List<Map.Entry<String, List<StreamEntry>>> answer = redis.xreadGroup(
                group,
                consumer,
                XReadGroupParams.xReadGroupParams().count(count).block(blockMillis),
                Map.of(stream, from));
        return answer == null || answer.isEmpty() ? List.of() : answer.get(0).getValue();
    }

    private static String stream(Channel channel) {
        return "upstep:" + channel.address();
    }

    private static Letter letter(StreamEntry entry) {
        Map<String, String> headers = new HashMap<>(entry.getFields());
        return new Letter(headers.remove("id"), headers.remove("key"), headers.remove("payload"), headers);
    }
}
