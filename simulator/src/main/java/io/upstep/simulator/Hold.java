package io.upstep.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Keeps requests that have arrived from being applied, as when their sender was paused right after it had sent them. */
public final class Hold implements AutoCloseable {
    private final Predicate<RequestLog.Entry> wanted;
    private final int most;
    private final List<Kept> kept = new ArrayList<>();
    private boolean released;

    Hold(Predicate<RequestLog.Entry> wanted, int most) {
        this.wanted = wanted;
        this.most = most;
    }

    /** How many wait now. */
    public int held() {
        return waiting().size();
    }

    /** Those that wait now, in the order in which they came. */
    public synchronized List<RequestLog.Entry> waiting() {
        return released ? List.of() : kept.stream().map(Kept::request).toList();
    }

    /** Lets them be applied, in the order in which they came, and keeps no more. */
    public void release() {
        List<Kept> all;
        synchronized (this) {
            all = released ? List.of() : List.copyOf(kept);
            released = true;
        }
        all.forEach(k -> k.until().complete(null));
    }

    /** The same as {@link #release}. */
    @Override
    public void close() {
        release();
    }

    synchronized boolean isReleased() {
        return released;
    }

    /** Until when a request is kept, if it is. */
    synchronized Optional<CompletionStage<Void>> take(RequestLog.Entry request) {
        if (released || kept.size() >= most || !wanted.test(request)) {
            return Optional.empty();
        }
        Kept taken = new Kept(request, new CompletableFuture<>());
        kept.add(taken);
        return Optional.of(taken.until());
    }

    private record Kept(RequestLog.Entry request, CompletableFuture<Void> until) {}
}
