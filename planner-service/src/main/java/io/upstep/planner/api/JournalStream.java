package io.upstep.planner.api;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.JournalSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Follows the journal for one listener: reads what is there, then waits to be told of more. A listener that reads slowly
 * slows only itself: nothing is read ahead of it.
 */
final class JournalStream {
    /** Other planner replicas' entries are announced by no signal in this process. */
    private static final Duration POLL = Duration.ofSeconds(1);

    /** Proxies drop connections on which nothing is said for a minute. */
    private static final int POLLS_PER_KEEP_ALIVE = 15;

    private final JournalSignal signal;
    private final LongFunction<List<JournalEntry>> after;
    private final Function<JournalEntry, Long> place;
    private final AtomicReference<Runnable> waiting = new AtomicReference<>();
    private volatile boolean told;
    private long last;
    private int idle;

    /**
     * @param after reads the next entries after a place, oldest first
     * @param place an entry's place, as {@code after} counts it
     */
    JournalStream(
            JournalSignal signal,
            LongFunction<List<JournalEntry>> after,
            Function<JournalEntry, Long> place,
            long startAfter) {
        this.signal = signal;
        this.after = after;
        this.place = place;
        this.last = startAfter;
    }

    /** Batches of entries for ever; an empty one now and then is a sign of life. */
    Multi<List<JournalEntry>> batches() {
        return Multi.createFrom()
                .resource(
                        () -> signal.listen(position -> wake()),
                        listening ->
                                Multi.createBy().repeating().uni(this::next).indefinitely())
                .withFinalizer(JournalSignal.Listening::close);
    }

    private Uni<List<JournalEntry>> next() {
        told = false;
        return Uni.createFrom()
                .item(() -> after.apply(last))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .flatMap(this::deliverOrWait);
    }

    private Uni<List<JournalEntry>> deliverOrWait(List<JournalEntry> entries) {
        if (!entries.isEmpty()) {
            last = place.apply(entries.get(entries.size() - 1));
            idle = 0;
            return Uni.createFrom().item(entries);
        }
        idle++;
        return idle % POLLS_PER_KEEP_ALIVE == 0 ? wakeUp().replaceWith(List.of()) : wakeUp().flatMap(woken -> next());
    }

    private Uni<Void> wakeUp() {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    waiting.set(() -> emitter.complete(null));
                    // Told between the read and now: do not wait.
                    if (told) {
                        wake();
                    }
                })
                .ifNoItem()
                .after(POLL)
                .recoverWithItem((Void) null);
    }

    private void wake() {
        told = true;
        Runnable waiter = waiting.getAndSet(null);
        if (waiter != null) {
            waiter.run();
        }
    }
}
