package io.upstep.planner.plan;

import io.upstep.event.Installation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that can be asked of the planner about plans. Whatever changes a plan is either done, journalled and will be told to
 * the others, or throws and nothing is changed. Any call may throw {@link PlanException} with
 * {@link PlanException.Code#STORE_UNAVAILABLE}.
 */
public interface Plans {

    /**
     * Takes a plan in. The answer is {@link PlanStatus#OBSERVING} (or what has become of it, if repeated).
     *
     * @param idempotencyKey the same key with the same submission answers the same plan; null for none
     * @throws PlanException {@code DUPLICATE_PLAN}, {@code UNKNOWN_CLUSTER}, {@code IDEMPOTENCY_KEY_REUSED}
     */
    Submitted submit(Submission submission, String idempotencyKey, String actor);

    Optional<Plan> find(String planId);

    /**
     * Newest first.
     *
     * @param cursor {@link Page#next} of the page before; null for the first
     * @throws PlanException {@code INVALID_CURSOR}
     */
    Page list(Filter filter, String cursor, int limit);

    /**
     * Does what a person wants; doing again what was just done changes nothing and is no error.
     *
     * @return the plan afterwards
     * @throws PlanException {@code UNKNOWN_PLAN}, {@code ILLEGAL_STATE}, {@code UNKNOWN_STEP}, {@code REASON_MISSING},
     *     {@code DUPLICATE_PLAN} (retry of a plan whose installation another plan holds by now)
     */
    Plan act(String planId, Happening.Verb verb);

    /** The plan's journal after an entry, oldest first; {@code afterSeq} 0 for all. Empty for an unknown plan. */
    List<JournalEntry> journal(String planId, long afterSeq, int limit);

    /** The journal of all plans after a position, oldest first, never missing one; {@code afterPosition} 0 for all. */
    List<JournalEntry> events(long afterPosition, int limit);

    /** The position of the last entry of all; where to begin for whoever wants only what comes. */
    long lastPosition();

    Optional<Why> why(String planId);

    /** Executors and verifiers ever seen, those alive first. */
    List<Worker> workers();

    /** @param repeated whether the plan was there already, under the same idempotency key */
    record Submitted(Plan plan, boolean repeated) {}

    /** @param next where the next page begins; null when this is the last */
    record Page(List<Plan> plans, String next) {}

    /** Which plans; a null or empty part does not restrict. */
    record Filter(Set<PlanStatus> statuses, String platform, String cluster, String namespace, String release) {
        public static final Filter ALL = new Filter(Set.of(), null, null, null, null);

        public Filter {
            statuses = statuses == null ? Set.of() : Set.copyOf(statuses);
        }

        public static Filter of(Installation installation) {
            return new Filter(Set.of(), null, installation.cluster(), installation.namespace(), installation.release());
        }
    }
}
