package io.upstep.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoopTest {

    @Test
    void shouldGoOnWhenARoundFailsInWhateverWay() {
        AtomicInteger rounds = new AtomicInteger();
        AtomicInteger pauses = new AtomicInteger();
        Loop.Round round = () -> {
            switch (rounds.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("once");
                case 2 -> throw new LinkageError("twice");
                default -> new CountDownLatch(1).await(1, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        };
        try (Loop loop = new Loop("test", round, pauses::incrementAndGet)) {
            loop.start();
            await().until(() -> rounds.get() > 5);
        }

        assertThat(pauses).hasValue(2);
    }

    @Test
    void shouldEndWithTheRoundUnderWayWhenClosed() {
        AtomicInteger rounds = new AtomicInteger();
        Loop loop = new Loop("test", rounds::incrementAndGet, () -> {}).start();
        await().until(() -> rounds.get() > 0);

        loop.close();

        int after = rounds.get();
        await().during(java.time.Duration.ofMillis(50)).until(() -> rounds.get() == after);
    }
}
