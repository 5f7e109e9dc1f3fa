package io.upstep.verifier;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits as long as a busy machine may need, so that a test fails for what is wrong and not for what is slow. */
public final class Patiently {
    public static final Duration SOON = Duration.ofSeconds(60);

    private Patiently() {}

    public static ConditionFactory await() {
        return Awaitility.await().atMost(SOON);
    }
}
