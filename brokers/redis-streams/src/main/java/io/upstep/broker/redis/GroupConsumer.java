package io.upstep.broker.redis;

import static redis.clients.jedis.params.XAutoClaimParams.xAutoClaimParams;
import static redis.clients.jedis.params.XClaimParams.xClaimParams;
import static redis.clients.jedis.params.XPendingParams.xPendingParams;
import static redis.clients.jedis.params.XReadGroupParams.xReadGroupParams;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamPendingEntry;

/** The commands of one consumer of one group, spoken over a connection of its own. */
final class GroupConsumer {
    private static final Logger LOG = Logger.getLogger(GroupConsumer.class);
    // Longer than anybody's claim-idle: whatever looks this old is taken over by the next consumer that looks.
    private static final long ABANDONED = Duration.ofDays(1).toMillis();
    private static final int PAGE = 1000;

    private static final String FORGET_IDLE_CONSUMERS = """
            local gone = 0
            for _, c in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
              local consumer = {}
              for i = 1, #c, 2 do consumer[c[i]] = c[i + 1] end
              local idle = consumer.idle >= tonumber(ARGV[2]) or consumer.name == ARGV[3]
              if consumer.pending == 0 and idle then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer.name)
                gone = gone + 1
              end
            end
            return gone
            """;

    private final Jedis redis;
    private final ReaderSettings settings;

    GroupConsumer(Jedis redis, ReaderSettings settings) {
        this.redis = redis;
        this.settings = settings;
    }

    List<StreamEntry> readNew(int count, Duration block) {
        List<Map.Entry<String, List<StreamEntry>>> answer = redis.xreadGroup(
                settings.group(),
                settings.consumer(),
                xReadGroupParams().count(count).block((int) block.toMillis()),
                Map.of(settings.stream(), StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        return answer == null || answer.isEmpty() ? List.of() : answer.get(0).getValue();
    }

    /** Makes entries whose consumer has shown no life this consumer's own, without counting that as a delivery. */
    boolean takeOverStale(int count) {
        StreamEntryID cursor = new StreamEntryID();
        Map.Entry<StreamEntryID, List<StreamEntryID>> claimed;
        do {
            claimed = redis.xautoclaimJustId(
                    settings.stream(),
                    settings.group(),
                    settings.consumer(),
                    settings.claimIdle().toMillis(),
                    cursor,
                    xAutoClaimParams().count(count));
            cursor = claimed.getKey();
        } while (claimed.getValue().isEmpty() && !cursor.equals(new StreamEntryID()));
        return !claimed.getValue().isEmpty();
    }

    /** What Redis has delivered to this consumer and nobody has acknowledged, oldest first. */
    List<StreamPendingEntry> ownPending(StreamEntryID from, int count) {
        return redis.xpending(
                settings.stream(),
                settings.group(),
                xPendingParams(from, StreamEntryID.MAXIMUM_ID, count).consumer(settings.consumer()));
    }

    /** Delivers own entries again, which counts; those acknowledged meanwhile are not among the result. */
    List<StreamEntry> deliverAgain(List<StreamEntryID> entries) {
        return redis.xclaim(settings.stream(), settings.group(), settings.consumer(), 0, xClaimParams(), ids(entries));
    }

    List<StreamEntry> look(StreamEntryID entry) {
        return redis.xrange(settings.stream(), entry, entry);
    }

    /** First the letter, then the acknowledgement: a crash between the two leaves a letter too many, never one too few. */
    void bury(StreamEntryID entry, Map<String, String> letter) {
        redis.xadd(settings.deadStream(), letter, Additions.keeping(settings.deadKeep()));
        redis.xack(settings.stream(), settings.group(), entry);
    }

    void acknowledge(StreamEntryID entry) {
        redis.xack(settings.stream(), settings.group(), entry);
    }

    StreamEntryID groupPosition() {
        return redis.xinfoGroups(settings.stream()).stream()
                .filter(known -> known.getName().equals(settings.group()))
                .map(known -> known.getLastDeliveredId())
                .findFirst()
                .orElseGet(StreamEntryID::new);
    }

    /** Leaves all that is not acknowledged to whoever looks next, and the group if nothing is left. */
    void giveBack() {
        StreamEntryID from = StreamEntryID.MINIMUM_ID;
        List<StreamPendingEntry> page = ownPending(from, PAGE);
        while (!page.isEmpty()) {
            List<StreamEntryID> entries =
                    page.stream().map(StreamPendingEntry::getID).toList();
            redis.xclaimJustId(
                    settings.stream(),
                    settings.group(),
                    settings.consumer(),
                    0,
                    xClaimParams().idle(ABANDONED),
                    ids(entries));
            StreamEntryID last = entries.get(entries.size() - 1);
            from = new StreamEntryID(last.getTime(), last.getSequence() + 1);
            page = ownPending(from, PAGE);
        }
        forgetConsumersIdleFor(Duration.ofDays(3650), settings.consumer());
    }

    /** In one step on the server: a consumer that took something in the meantime must not be forgotten, its entries would be. */
    void forgetConsumersIdleFor(Duration idle, String andThisOne) {
        try {
            redis.eval(
                    FORGET_IDLE_CONSUMERS,
                    List.of(settings.stream()),
                    List.of(settings.group(), Long.toString(idle.toMillis()), andThisOne));
        } catch (JedisDataException refused) {
            // Only tidiness is lost: scripts may be forbidden to this user, and a missing group shows at the next read.
            LOG.debugf("Idle consumers of '%s' stay: %s", settings.stream(), refused.getMessage());
        }
    }

    static StreamEntryID[] ids(List<StreamEntryID> entries) {
        return entries.toArray(StreamEntryID[]::new);
    }
}
