package io.upstep.broker.redis;

import static redis.clients.jedis.params.XClaimParams.xClaimParams;
import static redis.clients.jedis.params.XPendingParams.xPendingParams;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamPendingEntry;

/** What becomes of the entries one channel has taken: acknowledged, tried again, or laid with the dead letters. */
final class Settlement {
    private static final Logger LOG = Logger.getLogger(Settlement.class);

    private final ReaderSettings settings;
    private final CommandPipe pipe;
    private final Timers timers;
    private final InFlight inFlight;
    private Consumer<Taken> again = taken -> {};
    private Runnable notAcknowledged = () -> {};

    Settlement(ReaderSettings settings, CommandPipe pipe, Timers timers) {
        this.settings = settings;
        this.pipe = pipe;
        this.timers = timers;
        this.inFlight = new InFlight(settings.prefetch());
    }

    /** @param deliver hands an entry to the handler once more @param lost told when an acknowledgement did not reach Redis */
    void to(Consumer<Taken> deliver, Runnable lost) {
        again = deliver;
        notAcknowledged = lost;
    }

    InFlight inFlight() {
        return inFlight;
    }

    Message<String> message(Taken taken) {
        StreamRecord record = taken.message();
        Metadata metadata = Metadata.of(new IncomingRedisStreamsMetadata(
                settings.stream(),
                settings.group(),
                taken.entry().toString(),
                record.id(),
                record.key(),
                record.headers(),
                taken.attempt()));
        return Message.of(record.payload(), metadata, () -> ack(taken), reason -> nack(taken, reason));
    }

    private CompletionStage<Void> ack(Taken taken) {
        return pipe.send(true, redis -> redis.xack(settings.stream(), settings.group(), taken.entry()))
                .handle((count, failure) -> {
                    inFlight.remove(taken.entry());
                    if (failure != null) {
                        notAcknowledged.run();
                        throw failed(failure);
                    }
                    return null;
                });
    }

    private CompletionStage<Void> nack(Taken taken, Throwable reason) {
        if (inFlight.isClosed() || !inFlight.has(taken.entry())) {
            return CompletableFuture.completedFuture(null); // it has been given back, or is settled
        }
        int failures = taken.failures().incrementAndGet();
        if (failures <= settings.retries()) {
            timers.later(settings.delayAfter(failures), () -> again.accept(taken));
            return CompletableFuture.completedFuture(null);
        }
        return bury(taken, DeadLetter.reason(reason));
    }

    private CompletionStage<Void> bury(Taken taken, String reason) {
        int attempts = taken.attempt() - 1;
        var letter = DeadLetter.fields(taken, attempts, settings, reason);
        return pipe.send(
                        false,
                        redis -> redis.xadd(settings.deadStream(), letter, Additions.keeping(settings.deadKeep())))
                .thenCompose(written -> ack(taken))
                .exceptionally(failure -> {
                    // Nothing is given up before it lies with the dead letters; Redis still has it as pending.
                    LOG.warnf(
                            "Entry %s could not be dead-lettered (%s); trying again",
                            taken.entry(), failure.getMessage());
                    timers.later(settings.retryMaxDelay(), () -> buryAgain(taken, reason));
                    return null;
                });
    }

    private void buryAgain(Taken taken, String reason) {
        if (inFlight.has(taken.entry()) && !inFlight.isClosed()) {
            bury(taken, reason);
        }
    }

    /** Shows that what is in flight here is alive, so that nobody takes it over; only for what is still ours. */
    void heartbeat() {
        if (inFlight.size() == 0 || inFlight.isClosed()) {
            return;
        }
        long old = settings.claimIdle().toMillis() / 4;
        pipe.send(
                        true,
                        redis -> redis.xpending(
                                settings.stream(),
                                settings.group(),
                                xPendingParams(
                                                StreamEntryID.MINIMUM_ID,
                                                StreamEntryID.MAXIMUM_ID,
                                                settings.prefetch() * 2)
                                        .idle(old)
                                        .consumer(settings.consumer())))
                .thenCompose(this::refresh)
                .exceptionally(failure -> {
                    LOG.debugf("No heartbeat for stream '%s': %s", settings.stream(), failure.getMessage());
                    return null;
                });
    }

    private CompletionStage<Void> refresh(List<StreamPendingEntry> pending) {
        List<StreamEntryID> alive = pending.stream()
                .map(StreamPendingEntry::getID)
                .filter(inFlight::has)
                .toList();
        if (alive.isEmpty() || inFlight.isClosed()) {
            return CompletableFuture.completedFuture(null);
        }
        return pipe.send(
                        true,
                        redis -> redis.xclaimJustId(
                                settings.stream(),
                                settings.group(),
                                settings.consumer(),
                                0,
                                xClaimParams(),
                                GroupConsumer.ids(alive)))
                .thenApply(claimed -> null);
    }

    /** Ends the reader's waiting for new entries; without it the reader would notice a little later. */
    void unblock(long clientId) {
        if (clientId != 0) {
            pipe.send(false, redis -> redis.sendCommand(Protocol.Command.CLIENT, "UNBLOCK", Long.toString(clientId)));
        }
    }

    private static PublishFailedException failed(Throwable failure) {
        return failure instanceof PublishFailedException known
                ? known
                : new PublishFailedException("not acknowledged: " + failure.getMessage(), failure);
    }
}
