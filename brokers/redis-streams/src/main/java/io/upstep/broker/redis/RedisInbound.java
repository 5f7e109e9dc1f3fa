package io.upstep.broker.redis;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.eclipse.microprofile.reactive.messaging.Message;

/** One incoming channel: reads its stream for as long as somebody is subscribed. */
final class RedisInbound implements RedisChannel {
    private final Map<StreamReader, CompletableFuture<Void>> readers = new ConcurrentHashMap<>();
    private final ReaderSettings settings;
    private final RedisLink link;
    private final CommandPipe pipe;
    private final Timers timers;

    RedisInbound(ReaderSettings settings, RedisLink link, CommandPipe pipe, Timers timers) {
        this.settings = settings;
        this.link = link;
        this.pipe = pipe;
        this.timers = timers;
    }

    /** @param cancelled told when the subscriber has gone */
    Multi<Message<String>> messages(Runnable cancelled) {
        // The buffer is bounded by the prefetch: no more than that is taken unacknowledged. A subscriber that throws is
        // cancelled by the emitter, and so gives back what it had.
        return Multi.createFrom().emitter(emitter -> subscribed(emitter, cancelled), BackPressureStrategy.BUFFER);
    }

    @Override
    public String name() {
        return settings.channel();
    }

    @Override
    public Optional<String> problem(StreamTopology topology) {
        Optional<String> missing = topology.check(settings.stream(), settings.group());
        return missing.isPresent()
                ? missing
                : readers.keySet().stream()
                        .flatMap(reader -> Optional.ofNullable(reader.problem()).stream())
                        .findFirst();
    }

    @Override
    public CompletableFuture<Void> stop() {
        readers.keySet().forEach(StreamReader::stop);
        return CompletableFuture.allOf(readers.values().toArray(CompletableFuture<?>[]::new));
    }

    private void subscribed(MultiEmitter<? super Message<String>> emitter, Runnable cancelled) {
        Settlement settlement = new Settlement(settings, pipe, timers);
        CompletableFuture<Void> ended = new CompletableFuture<>();
        StreamReader reader = new StreamReader(settings, link, settlement, emitter, () -> ended.complete(null));
        settlement.to(reader::emit, reader::lookAtOwnEntries);
        Future<?> heartbeat = timers.every(settings.claimIdle().dividedBy(3), settlement::heartbeat);
        readers.put(reader, ended);
        ended.thenRun(() -> readers.remove(reader));
        emitter.onTermination(() -> {
            heartbeat.cancel(false);
            reader.stop();
            cancelled.run();
        });
        reader.start();
    }
}
