package io.upstep.planner.plan;

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
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
