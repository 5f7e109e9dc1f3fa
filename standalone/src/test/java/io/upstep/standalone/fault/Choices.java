package io.upstep.standalone.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** The seeded stream of faults: the same seed, the same faults. */
final class Choices {
    private final SplittableRandom random;
    private final List<Fault> faults = new ArrayList<>();
    private final int sites;
    private int number;

    /** @param possible which faults there can be on this scene */
    Choices(long seed, int sites, Predicate<Fault> possible) {
        this.random = new SplittableRandom(seed);
        this.sites = sites;
        for (Fault fault : Fault.values()) {
            for (int i = 0; possible.test(fault) && i < fault.weight(); i++) {
                faults.add(fault);
            }
        }
    }

    Choice next() {
        number++;
        Fault fault = any(faults);
        return new Choice(
                number,
                fault,
                any(Moment.WANTED),
                random.nextInt(sites),
                random.nextInt(1_000),
                length(fault),
                any(Channel.ALL),
                random.nextLong());
    }

    /** Freezes are either well within the time after which an attempt is given up, or well beyond it. */
    private Duration length(Fault fault) {
        long limit = Timings.HEARTBEAT_LIMIT.toMillis();
        return Duration.ofMillis(
                fault.isLong() ? random.nextLong(limit * 5 / 4, limit * 5 / 2) : random.nextLong(200, limit / 2));
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
