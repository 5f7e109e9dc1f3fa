package io.upstep.simulator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TimelineTest {
    @Test
    void shouldNotBeSettledBeforeWhatHasBegunIsDone() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean followedUp = new AtomicBoolean();
        try (Timeline timeline = new Timeline("world")) {
            timeline.start();
            timeline.soon(() -> {
                begun.countDown();
                waitFor(goOn);
                timeline.after(Duration.ofDays(1), () -> followedUp.set(true));
                done.set(true);
            });
            begun.await();
            Thread settler = new Thread(() -> timeline.settle(10));
            settler.start();
            await().until(() -> settler.getState() == Thread.State.WAITING || !settler.isAlive());
            goOn.countDown();
            settler.join();

            assertThat(done).isTrue();
            assertThat(followedUp).isTrue();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
