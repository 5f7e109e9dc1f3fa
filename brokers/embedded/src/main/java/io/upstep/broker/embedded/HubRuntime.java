package io.upstep.broker.embedded;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** What the hub lends its consumer groups: threads, timers, and a way to publish dead letters. */
interface HubRuntime {

    boolean running();

    void execute(Runnable task);

    Future<?> later(Duration delay, Runnable task);

    CompletionStage<Void> publish(String queue, EmbeddedRecord message);
}
