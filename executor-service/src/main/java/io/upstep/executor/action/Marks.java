package io.upstep.executor.action;

import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Upstep writes on the objects it touches, so that both people and later attempts see by whom they were changed. */
public final class Marks {
    public static final String PLAN = "upstep.io/plan";
    public static final String STEP = "upstep.io/step";
    public static final String ATTEMPT = "upstep.io/attempt";
    public static final String EPOCH = "upstep.io/epoch";
    /** Which Upstep asked: its epochs are counted by a database of its own. */
    public static final String PLANNER = "upstep.io/planner";
    /** {@code "true"} on the lease of a plan that is over: the installation is free for any other. */
    public static final String ENDED = "upstep.io/ended";
    /** On the lease: plans that it passed from to another Upstep's. They may not know, and must not go on where they were. */
    public static final String ADOPTED = "upstep.io/adopted";
    /** Epochs count per installation: two releases that share an object must not compare theirs. */
    public static final String RELEASE = "upstep.io/release";

    /** The name under which the API server records our changes. */
    public static final String FIELD_MANAGER = "upstep";

    private Marks() {}

    /** The Lease, in its namespace, that says who has the installation of a release. */
    public static String lease(String release) {
        return "upstep-" + release;
    }

    public static Map<String, String> of(Installation installation, AttemptId attempt) {
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put(RELEASE, installation.release());
        marks.put(PLAN, attempt.planId());
        marks.put(STEP, attempt.stepId());
        marks.put(ATTEMPT, Integer.toString(attempt.attempt()));
        marks.put(EPOCH, Long.toString(attempt.epoch()));
        return marks;
    }

    /** The epoch written there; 0 if there is none or it is no number. */
    public static long epoch(String text) {
        try {
            return text == null ? 0 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            // Not ours: nobody can be outrun by it.
            return 0;
        }
    }
}
