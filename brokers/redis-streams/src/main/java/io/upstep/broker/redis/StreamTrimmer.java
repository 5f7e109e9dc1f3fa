package io.upstep.broker.redis;

import static redis.clients.jedis.params.XTrimParams.xTrimParams;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.resps.StreamGroupInfo;
import redis.clients.jedis.resps.StreamPendingSummary;

/**
 * Shortens streams by what every one of their groups has been given and has acknowledged, and by nothing else. Some entries
 * are kept beyond that for groups that come late.
 */
final class StreamTrimmer {
    private static final Logger LOG = Logger.getLogger(StreamTrimmer.class);

    /** Small enough that nobody else waits noticeably for Redis meanwhile. */
    private static final long AT_ONCE = 20_000;

    private final Set<String> streams = ConcurrentHashMap.newKeySet();
    private final RedisLink link;
    private final long keepEntries;
    private final Duration keepAge;

    StreamTrimmer(RedisLink link, long keepEntries, Duration keepAge) {
        this.link = link;
        this.keepEntries = keepEntries;
        this.keepAge = keepAge;
    }

    void watch(String stream) {
        streams.add(stream);
    }

    void trimAll() {
        try (Jedis redis = link.open()) {
            streams.forEach(stream -> trim(redis, stream));
        } catch (JedisException unreachable) {
            LOG.debugf("Nothing trimmed: %s", unreachable.getMessage());
        }
    }

    /** @return how many entries went */
    long trim(Jedis redis, String stream) {
        try {
            long spare = redis.xlen(stream) - keepEntries;
            Optional<StreamEntryID> settled = spare > 0 ? settledBelow(redis, stream) : Optional.empty();
            return settled.map(below -> cut(redis, stream, below, spare)).orElse(0L);
        } catch (JedisDataException refused) {
            LOG.debugf("Stream '%s' not trimmed: %s", stream, refused.getMessage());
            return 0;
        }
    }

    private long cut(Jedis redis, String stream, StreamEntryID settled, long spare) {
        StreamEntryID old = new StreamEntryID(serverMillis(redis) - keepAge.toMillis(), 0);
        StreamEntryID below = settled.compareTo(old) < 0 ? settled : old;
        // Approximate: only whole nodes of the stream go, which costs nearly nothing, and never more than is spare.
        return redis.xtrim(
                stream,
                xTrimParams().minId(below.toString()).approximateTrimming().limit(spare));
    }

    /** The lowest id somebody may still need; empty when that is everything, as it is while there is no group. */
    private Optional<StreamEntryID> settledBelow(Jedis redis, String stream) {
        return redis.xinfoGroups(stream).stream()
                .map(group -> firstNeeded(redis, stream, group))
                .min(StreamEntryID::compareTo);
    }

    private StreamEntryID firstNeeded(Jedis redis, String stream, StreamGroupInfo group) {
        StreamEntryID delivered = group.getLastDeliveredId();
        StreamPendingSummary pending = redis.xpending(stream, group.getName());
        if (pending == null || pending.getTotal() == 0) {
            return delivered;
        }
        // Entries delivered since the first question do not count as settled by it.
        return pending.getMinId().compareTo(delivered) < 0 ? pending.getMinId() : delivered;
    }

    private static long serverMillis(Jedis redis) {
        return Long.parseLong(redis.time().get(0)) * 1000;
    }
}
