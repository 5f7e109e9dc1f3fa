package io.upstep.verifier.messaging;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A check that is not good before a test says so, and counts its looks. */
final class HeldCheck implements Check<HeldCheck.With> {
    private final AtomicInteger looks = new AtomicInteger();
    private volatile boolean good;

    public record With() {}

    @Override
    public String name() {
        return "test.held";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        looks.incrementAndGet();
        return List.of(context.judged(good, "the held one", "to be let go", good ? "let go" : "held"));
    }

    void letGo() {
        good = true;
    }

    int looks() {
        return looks.get();
    }
}
