package io.upstep.simulator;

import java.time.Duration;

/**
 * How often requests other than watches go wrong by chance, each as a share between 0 and 1.
 *
 * @param conflicts updates and patches that lose against somebody else's
 * @param unavailable requests that are answered with 503
 * @param lostBefore requests that are lost: never applied, never answered
 * @param lostAfter requests that are applied, and whose answer is lost
 * @param silence how long the sender of a lost one waits until its connection breaks
 */
public record Mischief(double conflicts, double unavailable, double lostBefore, double lostAfter, Duration silence) {
    public Mischief {
        double all = conflicts + unavailable + lostBefore + lostAfter;
        if (conflicts < 0 || unavailable < 0 || lostBefore < 0 || lostAfter < 0 || all > 1) {
            throw new IllegalArgumentException("expected shares that are not negative and at most 1 together, came "
                    + conflicts + ", " + unavailable + ", " + lostBefore + " and " + lostAfter);
        }
    }

    /** Nothing goes wrong: to begin with. */
    public static Mischief none() {
        return new Mischief(0, 0, 0, 0, Duration.ofMillis(100));
    }

    public Mischief withConflicts(double share) {
        return new Mischief(share, unavailable, lostBefore, lostAfter, silence);
    }

    public Mischief withUnavailable(double share) {
        return new Mischief(conflicts, share, lostBefore, lostAfter, silence);
    }

    public Mischief withLostBefore(double share) {
        return new Mischief(conflicts, unavailable, share, lostAfter, silence);
    }

    public Mischief withLostAfter(double share) {
        return new Mischief(conflicts, unavailable, lostBefore, share, silence);
    }

    public Mischief withSilence(Duration length) {
        return new Mischief(conflicts, unavailable, lostBefore, lostAfter, length);
    }

    /** How many requests there were since the mischief began, and what was done to them. */
    public record Done(int requests, int conflicts, int unavailable, int lostBefore, int lostAfter) {
        public int faults() {
            return conflicts + unavailable + lostBefore + lostAfter;
        }
    }
}
