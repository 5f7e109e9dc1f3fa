package io.upstep.simulator;

import io.upstep.simulator.api.Gate;
import io.upstep.simulator.rules.Refusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Does mischief by chance; the same seed does the same to the same order of requests. */
final class Imp {
    private final Random random;
    private final Mischief rates;
    private final Predicate<RequestLog.Entry> victims;
    private final Map<Trick, Integer> done = new EnumMap<>(Trick.class);
    private int requests;
    private boolean resting;

    Imp(long seed, Mischief rates, Predicate<RequestLog.Entry> victims) {
        this.random = new Random(seed);
        this.rates = rates;
        this.victims = victims;
    }

    /** What this request is done, if anything. */
    synchronized Optional<Gate.Verdict> meet(RequestLog.Entry request) {
        if (resting || request.isWatch() || !victims.test(request)) {
            return Optional.empty();
        }
        requests++;
        Optional<Trick> trick = draw().filter(t -> t != Trick.CONFLICT || request.isUpdate());
        trick.ifPresent(t -> done.merge(t, 1, Integer::sum));
        return trick.map(this::verdict);
    }

    synchronized void rest() {
        resting = true;
    }

    synchronized Mischief.Done done() {
        return new Mischief.Done(
                requests,
                count(Trick.CONFLICT),
                count(Trick.UNAVAILABLE),
                count(Trick.LOSE_BEFORE),
                count(Trick.LOSE_AFTER));
    }

    private int count(Trick trick) {
        return done.getOrDefault(trick, 0);
    }

    private Optional<Trick> draw() {
        double drawn = random.nextDouble();
        for (Trick trick : Trick.values()) {
            drawn -= share(trick);
            if (drawn < 0) {
                return Optional.of(trick);
            }
        }
        return Optional.empty();
    }

    private double share(Trick trick) {
        return switch (trick) {
            case CONFLICT -> rates.conflicts();
            case UNAVAILABLE -> rates.unavailable();
            case LOSE_BEFORE -> rates.lostBefore();
            case LOSE_AFTER -> rates.lostAfter();
        };
    }

    private Gate.Verdict verdict(Trick trick) {
        return switch (trick) {
            case CONFLICT -> new Gate.Refuse(Refusal.withCode(409));
            case UNAVAILABLE -> new Gate.Refuse(Refusal.withCode(503));
            case LOSE_BEFORE -> new Gate.Lose(false, rates.silence());
            case LOSE_AFTER -> new Gate.Lose(true, rates.silence());
        };
    }

    private enum Trick {
        CONFLICT,
        UNAVAILABLE,
        LOSE_BEFORE,
        LOSE_AFTER
    }
}
