package io.upstep.planner.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A journal entry as decided, before it has its place in the journal. */
public record Entry(Type type, String actor, ObjectNode data) {

    /** The actor of what the planner does by itself. */
    public static final String PLANNER = "planner";

    /** Every type of journal entry there is. */
    public enum Type {
        PLAN_SUBMITTED,
        PLAN_OBSERVED,
        PLAN_PLANNED,
        PLAN_REFUSED,
        /** The look before starting found that other steps are needed than were shown. */
        PLAN_CHANGED,
        PLAN_STARTED,
        PLAN_PAUSING,
        PLAN_PAUSED,
        PLAN_RESUMED,
        PLAN_CANCELLING,
        PLAN_CANCELLED,
        PLAN_RETRIED,
        /** What was done is being taken back, or is to be once the running step is over. */
        PLAN_ROLLING_BACK,
        PLAN_ABANDONED,
        /** The verifier's word on a plan that was over without it. */
        PLAN_REPORTED,
        PLAN_ALERTED,
        PLAN_VERIFYING,
        PLAN_SUCCEEDED,
        PLAN_FAILED,
        PLAN_ROLLED_BACK,
        STEP_REQUESTED,
        STEP_ACCEPTED,
        STEP_PROGRESSED,
        STEP_VERIFYING,
        STEP_PASSED,
        /** An attempt failed; the data says whether another one follows. */
        STEP_FAILED,
        STEP_STOPPING,
        STEP_CANCELLED,
        STEP_SKIPPED,
        STEP_MARKED_DONE,
        /** Nobody has answered; asked again. */
        REMINDED;

        /** As stored and shown, for example {@code step.requested}. */
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '.');
        }
    }
}
