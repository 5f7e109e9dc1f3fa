package io.upstep.broker.redis;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamPendingEntry;

/**
 * Takes entries from one stream as one consumer of one group, on a thread and a connection of its own. After every new
 * connection come first the entries it already had; then, regularly, those of consumers that died; then new ones. A lost
 * connection, stream or group is restored.
 */
final class StreamReader {
    private static final Logger LOG = Logger.getLogger(StreamReader.class);
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final ReaderSettings settings;
    private final RedisLink link;
    private final Settlement settlement;
    private final InFlight inFlight;
    private final MultiEmitter<? super Message<String>> emitter;
    private final Backoff backoff = new Backoff();
    private final Runnable ended;
    private volatile long clientId;
    private volatile String problem = "not connected yet";
    private volatile boolean ownEntriesLeft = true;
    private StreamEntryID position;
    private long nextTakeOver = System.nanoTime();
    private long nextForget = System.nanoTime();

    /** @param ended told when the thread has nothing more to do with Redis */
    StreamReader(
            ReaderSettings settings,
            RedisLink link,
            Settlement settlement,
            MultiEmitter<? super Message<String>> emitter,
            Runnable ended) {
        this.settings = settings;
        this.link = link;
        this.settlement = settlement;
        this.inFlight = settlement.inFlight();
        this.emitter = emitter;
        this.ended = ended;
    }

    void start() {
        Threads.daemon("upstep-redis-reader-" + settings.channel(), this::run).start();
    }

    /** No further message; what is not acknowledged is for others. */
    void stop() {
        inFlight.close();
        settlement.unblock(clientId);
    }

    /** Null while it reads. */
    String problem() {
        return problem;
    }

    /** Some of its own entries lie there unhandled, as after an acknowledgement that did not reach Redis. */
    void lookAtOwnEntries() {
        ownEntriesLeft = true;
    }

    void emit(Taken taken) {
        if (!inFlight.isClosed()) {
            emitter.emit(settlement.message(taken));
        }
    }

    private void run() {
        try {
            while (!inFlight.isClosed()) {
                readUntilLost();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            ended.run();
        }
    }

    private void readUntilLost() throws InterruptedException {
        try (Jedis redis = link.open(settings.block())) {
            clientId = redis.clientId();
            GroupConsumer consumer = new GroupConsumer(redis, settings);
            declare(redis, consumer);
            ownEntriesLeft = true;
            readsAgain();
            while (!inFlight.isClosed()) {
                step(redis, consumer);
            }
            consumer.giveBack();
        } catch (RuntimeException lost) {
            cannotRead(lost);
        } finally {
            clientId = 0;
        }
    }

    private void step(Jedis redis, GroupConsumer consumer) throws InterruptedException {
        int room = inFlight.awaitRoom();
        if (room == 0) {
            return;
        }
        try {
            takeSome(consumer, room);
        } catch (JedisDataException refused) {
            if (!isGone(refused)) {
                throw refused;
            }
            LOG.warnf("Stream '%s' or its group '%s' is gone; declaring it again", settings.stream(), settings.group());
            declare(redis, consumer);
        }
    }

    private void takeSome(GroupConsumer consumer, int room) {
        housekeeping(consumer, room);
        if (ownEntriesLeft) {
            ownEntriesLeft = false;
            ownEntriesLeft |= deliverOwn(consumer, room);
        } else {
            consumer.readNew(room, blockNow()).forEach(this::deliverNew);
        }
    }

    private void housekeeping(GroupConsumer consumer, int room) {
        long now = System.nanoTime();
        if (now - nextTakeOver >= 0) {
            nextTakeOver = now + settings.claimInterval().toNanos();
            ownEntriesLeft |= consumer.takeOverStale(room);
        }
        if (now - nextForget >= 0) {
            nextForget = now + FORGOTTEN.toNanos();
            consumer.forgetConsumersIdleFor(FORGOTTEN.plus(settings.claimIdle()), "");
        }
    }

    private Duration blockNow() {
        long untilTakeOver = Math.max(1, (nextTakeOver - System.nanoTime()) / 1_000_000);
        return Duration.ofMillis(Math.min(settings.block().toMillis(), untilTakeOver));
    }

    private void deliverNew(StreamEntry entry) {
        position = entry.getID();
        deliver(entry, 1);
    }

    private void deliver(StreamEntry entry, int deliveries) {
        StreamRecord message = StreamRecord.read(entry.getID().toString(), entry.getFields());
        Taken taken = new Taken(entry.getID(), message, deliveries);
        inFlight.add(taken);
        emit(taken);
    }

    /** @return whether there are more than there was room for */
    private boolean deliverOwn(GroupConsumer consumer, int room) {
        List<StreamPendingEntry> pending = consumer.ownPending(StreamEntryID.MINIMUM_ID, inFlight.size() + room + 1);
        List<StreamPendingEntry> idle =
                pending.stream().filter(entry -> !inFlight.has(entry.getID())).toList();
        List<StreamPendingEntry> fit = idle.subList(0, Math.min(room, idle.size()));
        List<StreamPendingEntry> again = new ArrayList<>();
        for (StreamPendingEntry entry : fit) {
            if (settings.maxDeliveries() > 0 && entry.getDeliveredTimes() >= settings.maxDeliveries()) {
                bury(consumer, entry);
            } else {
                again.add(entry);
            }
        }
        deliverAgain(consumer, again);
        return idle.size() > fit.size();
    }

    private void deliverAgain(GroupConsumer consumer, List<StreamPendingEntry> pending) {
        if (pending.isEmpty()) {
            return;
        }
        var deliveries = new LinkedHashMap<StreamEntryID, Integer>();
        pending.forEach(entry -> deliveries.put(entry.getID(), (int) entry.getDeliveredTimes() + 1));
        for (StreamEntry entry : consumer.deliverAgain(List.copyOf(deliveries.keySet()))) {
            if (entry != null && entry.getFields() != null) {
                deliver(entry, deliveries.get(entry.getID()));
            }
        }
    }

    // Whoever had it died each time; it would kill the next one as well.
    private void bury(GroupConsumer consumer, StreamPendingEntry pending) {
        StreamEntryID id = pending.getID();
        List<StreamEntry> found = consumer.look(id);
        if (found.isEmpty()) {
            consumer.acknowledge(id); // deleted from the stream by somebody: there is nothing to keep
            return;
        }
        int deliveries = (int) pending.getDeliveredTimes();
        String reason = "delivered " + deliveries + " times and never acknowledged: its consumers died or lost it";
        LOG.warnf("Entry %s of stream '%s' goes to '%s': %s", id, settings.stream(), settings.deadStream(), reason);
        StreamRecord message = StreamRecord.read(id.toString(), found.get(0).getFields());
        Taken taken = new Taken(id, message, deliveries);
        consumer.bury(id, DeadLetter.fields(taken, deliveries, settings, reason));
    }

    private void declare(Jedis redis, GroupConsumer consumer) {
        // A group for new messages that vanished goes on where it was, or it would miss what came in between.
        String start = settings.startsWithNew() && position != null ? position.toString() : settings.startId();
        StreamTopology.create(redis, settings.stream(), settings.group(), start);
        if (settings.startsWithNew() && position == null) {
            position = consumer.groupPosition();
        }
    }

    private static boolean isGone(JedisDataException refused) {
        String message = String.valueOf(refused.getMessage());
        return message.startsWith("NOGROUP") || message.startsWith("UNBLOCKED") || message.contains("no such key");
    }

    private void readsAgain() {
        backoff.reset();
        if (problem != null) {
            LOG.debugf(
                    "Reading stream '%s' as '%s' of group '%s'",
                    settings.stream(), settings.consumer(), settings.group());
        }
        problem = null;
    }

    private void cannotRead(RuntimeException why) throws InterruptedException {
        String now = link + " cannot be read: " + why.getMessage();
        if (!inFlight.isClosed() && (problem == null || problem.startsWith("not connected"))) {
            LOG.warnf("Stream '%s': %s; trying again", settings.stream(), now);
        }
        problem = now;
        inFlight.pause(backoff.next());
    }
}
