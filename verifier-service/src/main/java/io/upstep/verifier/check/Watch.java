package io.upstep.verifier.check;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What one run of a check remembers from look to look: which bad states have lasted, and whether further looks make
 * sense.
 */
public final class Watch {
    private final Clock clock;
    private final Duration patience;
    private Map<String, Instant> before = new HashMap<>();
    private Map<String, Instant> now = new HashMap<>();
    private boolean hopeless;

    public Watch(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** Notes a state that rarely heals. Seen in every look for longer than the patience, it ends the run. */
    public synchronized void stuck(String state) {
        Instant since = before.getOrDefault(state, clock.instant());
        now.put(state, since);
        hopeless |= Duration.between(since, clock.instant()).compareTo(patience) >= 0;
    }

    /** Notes a state that never heals: the run ends with this look, unless it passes. */
    public synchronized void hopeless() {
        hopeless = true;
    }

    public synchronized boolean isHopeless() {
        return hopeless;
    }

    /** Begins the next look: what it does not see any more is forgotten. */
    synchronized void nextLook() {
        before = now;
        now = new HashMap<>();
        hopeless = false;
    }
}
