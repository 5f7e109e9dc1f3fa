package io.upstep.planner.plan;

import java.util.Locale;

/** A request that cannot be met, nothing having been changed: what was expected, what came, what to do. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final String expected;
    private final String actual;
    private final String remedy;
    private final String otherPlanId;

    public PlanException(Code code, String expected, String actual, String remedy) {
        this(code, expected, actual, remedy, null);
    }

    /** @param otherPlanId the plan that stands in the way; or null */
    public PlanException(Code code, String expected, String actual, String remedy, String otherPlanId) {
        super("expected " + expected + ", came " + actual + ": " + remedy);
        this.code = code;
        this.expected = expected;
        this.actual = actual;
        this.remedy = remedy;
        this.otherPlanId = otherPlanId;
    }

    static PlanException illegal(Plan plan, String verb, String expected, String remedy) {
        String intent = plan.intent() == null
                ? ""
                : ", about to " + plan.intent().kind().name().toLowerCase(Locale.ROOT);
        return new PlanException(
                Code.ILLEGAL_STATE,
                expected + " (to " + verb + " it)",
                "plan " + plan.id() + ", which is " + plan.status() + intent,
                remedy);
    }

    static PlanException unknownStep(Plan plan, String stepId) {
        return new PlanException(
                Code.UNKNOWN_STEP,
                "one of the plan's steps " + plan.steps().stream().map(Step::id).toList(),
                "'" + stepId + "'",
                "name one of these");
    }

    static void requireReason(Happening.Verb verb, String what) {
        if (verb.reason() == null || verb.reason().isBlank()) {
            throw new PlanException(
                    Code.REASON_MISSING, "a reason for " + what + ", which others will read", "none", "say why");
        }
    }

    public Code code() {
        return code;
    }

    public String expected() {
        return expected;
    }

    public String actual() {
        return actual;
    }

    public String remedy() {
        return remedy;
    }

    /** The plan that stands in the way; null if none does. */
    public String otherPlanId() {
        return otherPlanId;
    }

    /** The stable codes. */
    public enum Code {
        /** The verb does not fit the plan's state. */
        ILLEGAL_STATE,
        REASON_MISSING,
        UNKNOWN_PLAN,
        UNKNOWN_STEP,
        /** No executor or verifier has ever been seen for the cluster. */
        UNKNOWN_CLUSTER,
        /** Something was done that cannot be taken back. */
        POINT_OF_NO_RETURN,
        /** Another plan has changed the installation since; {@link PlanException#otherPlanId()} names it. */
        OVERTAKEN,
        /** The plan to adopt is for another installation. */
        NOT_ADOPTABLE,
        /** Another plan that is not over holds the installation; {@link PlanException#otherPlanId()} names it. */
        DUPLICATE_PLAN,
        /** The idempotency key was used before, for a different submission. */
        IDEMPOTENCY_KEY_REUSED,
        /** A paging cursor that this planner did not give out. */
        INVALID_CURSOR,
        /** The database does not answer; try again later. */
        STORE_UNAVAILABLE;

        /** As shown in problem documents, for example {@code illegal-state}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
