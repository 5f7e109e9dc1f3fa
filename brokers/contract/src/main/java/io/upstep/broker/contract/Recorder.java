package io.upstep.broker.contract;

import io.upstep.broker.Envelope;
import io.upstep.broker.MessageHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A handler that remembers every try, and ends each as it was told to. */
final class Recorder implements MessageHandler {
    private final List<Envelope> tries = new CopyOnWriteArrayList<>();
    private final List<Envelope> handled = new CopyOnWriteArrayList<>();
    private final Function<Envelope, CompletionStage<Void>> ending;

    private Recorder(Function<Envelope, CompletionStage<Void>> ending) {
        this.ending = ending;
    }

    static Recorder handling() {
        return new Recorder(message -> CompletableFuture.completedFuture(null));
    }

    static Recorder ending(Function<Envelope, CompletionStage<Void>> ending) {
        return new Recorder(ending);
    }

    static Recorder neverEnding() {
        return new Recorder(message -> new CompletableFuture<>());
    }

    static Recorder failing(RuntimeException failure) {
        return new Recorder(message -> CompletableFuture.failedFuture(failure));
    }

    @Override
    public CompletionStage<Void> handle(Envelope message) {
        tries.add(message);
        return ending.apply(message).thenRun(() -> handled.add(message));
    }

    List<Envelope> tries() {
        return tries;
    }

    List<Envelope> handled() {
        return handled;
    }

    List<String> payloads() {
        return handled.stream().map(Envelope::payload).toList();
    }
}
