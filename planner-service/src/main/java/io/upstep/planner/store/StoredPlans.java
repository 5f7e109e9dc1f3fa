package io.upstep.planner.store;

import io.upstep.planner.plan.Decider;
import io.upstep.planner.plan.Decision;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanException;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.plan.Submission;
import io.upstep.planner.plan.Why;
import io.upstep.planner.plan.Whys;
import io.upstep.planner.plan.Worker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The plans as they are stored. */
@Singleton
public class StoredPlans implements Plans {
    private final Database database;
    private final Applier applier;
    private final Decider decider;
    private final KnownClusters clusters;

    @Inject
    public StoredPlans(Database database, Applier applier, Decider decider, KnownClusters clusters) {
        this.database = database;
        this.applier = applier;
        this.decider = decider;
        this.clusters = clusters;
    }

    @Override
    public Submitted submit(Submission submission, String idempotencyKey, String actor) {
        try {
            return applier.commit(connection -> List.of(), (connection, ledger, now) -> {
                UUID id = UUID.randomUUID();
                Optional<Plan> earlier = earlier(connection, idempotencyKey, actor, id, submission, now);
                if (earlier.isPresent()) {
                    return new Submitted(earlier.get(), true);
                }
                clusters.require(connection, submission.installation().cluster(), now);
                long number = PlanTable.nextNumber(connection);
                adopt(connection, ledger, id, number, submission, actor, now);
                return new Submitted(insert(connection, ledger, id, number, submission, actor, now), false);
            });
        } catch (StoreException e) {
            throw orDuplicate(submission, e);
        }
    }

    @Override
    public Optional<Plan> find(String planId) {
        return uuid(planId).flatMap(id -> database.transact(connection -> PlanTable.find(connection, id)));
    }

    @Override
    public Page list(Filter filter, String cursor, int limit) {
        long below = Cursor.read(cursor);
        List<Plan> plans = database.transact(connection -> PlanTable.list(connection, filter, below, limit + 1));
        if (plans.size() <= limit) {
            return new Page(plans, null);
        }
        List<Plan> page = plans.subList(0, limit);
        return new Page(List.copyOf(page), Cursor.write(page.get(limit - 1).number()));
    }

    @Override
    public Plan act(String planId, Happening.Verb verb) {
        UUID id = uuid(planId).orElseThrow(() -> unknown(planId));
        Changed changed = change(id, verb);
        if (changed.plan() == null) {
            throw unknown(planId);
        }
        if (changed.problem() != null) {
            throw changed.problem();
        }
        return changed.plan();
    }

    @Override
    public List<JournalEntry> journal(String planId, long afterSeq, int limit) {
        return uuid(planId)
                .map(id -> database.transact(connection -> JournalTable.of(connection, id, afterSeq, limit)))
                .orElse(List.of());
    }

    @Override
    public List<JournalEntry> events(long afterPosition, int limit) {
        return database.transact(connection -> JournalTable.after(connection, afterPosition, limit));
    }

    @Override
    public long lastPosition() {
        return database.transact(JournalTable::lastPosition);
    }

    @Override
    public Optional<Why> why(String planId) {
        return find(planId).map(plan -> {
            Why why = Whys.of(plan, applier.now());
            return database.transact(connection -> Outbox.undelivered(connection, plan.id()))
                    .filter(depth -> !plan.status().isTerminal())
                    .map(depth -> why.brokerAway(depth.oldest()))
                    .orElse(why);
        });
    }

    @Override
    public List<Worker> workers() {
        return database.transact(connection -> WorkerTable.all(connection, applier.now()));
    }

    /** A plan of this Upstep is ended here and now; one of another Upstep is named to the executors. */
    private void adopt(
            Connection connection,
            Ledger ledger,
            UUID id,
            long number,
            Submission submission,
            String actor,
            Instant now)
            throws SQLException {
        UUID adopted = uuid(submission.adopts()).orElse(null);
        if (adopted == null) {
            return;
        }
        ledger.load(connection, adopted);
        Plan plan = ledger.plan(adopted.toString());
        if (plan == null) {
            return;
        }
        if (!plan.installation().equals(submission.installation())) {
            throw new PlanException(
                    PlanException.Code.NOT_ADOPTABLE,
                    "a plan for " + submission.installation(),
                    "plan " + plan.id() + ", which is for " + plan.installation(),
                    "name the plan that has this installation, or none");
        }
        if (!plan.status().isTerminal()) {
            ledger.add(decider.decide(plan, new Happening.Adopted(actor, null, id.toString(), number), now));
            ledger.settle(connection, plan.id());
        }
    }

    private Plan insert(
            Connection connection,
            Ledger ledger,
            UUID id,
            long number,
            Submission submission,
            String actor,
            Instant now)
            throws SQLException {
        long highest = PlanTable.highestEpoch(connection, submission.installation());
        Decision decision = decider.submit(
                id.toString(), number, Identity.of(connection), submission, actor, Epochs.floor(highest, now), now);
        ledger.insert(connection, decision);
        return decision.plan();
    }

    private static Optional<Plan> earlier(
            Connection connection, String key, String actor, UUID id, Submission submission, Instant now)
            throws SQLException {
        if (key == null || key.isBlank()) {
            return Optional.empty();
        }
        Optional<Idempotency.Use> use = Idempotency.take(connection, actor, key, id, submission, now);
        if (use.isPresent() && !use.get().same()) {
            throw new PlanException(
                    PlanException.Code.IDEMPOTENCY_KEY_REUSED,
                    "an idempotency key that is new, or the submission it came with before",
                    "key '" + key + "' with another submission than plan "
                            + use.get().planId() + " was made from",
                    "use another key for another plan",
                    use.get().planId().toString());
        }
        return use.isPresent() ? PlanTable.find(connection, use.get().planId()) : Optional.empty();
    }

    private Changed change(UUID id, Happening.Verb verb) {
        try {
            return applier.apply(List.of(new Change(id, verb))).get(0);
        } catch (StoreException e) {
            throw find(id.toString())
                    .map(plan -> orDuplicate(plan.submission(), e))
                    .orElse(e);
        }
    }

    /** The database's own rule has refused a second active plan: says which one is in the way. */
    private RuntimeException orDuplicate(Submission submission, StoreException e) {
        if (!SqlProblems.isUniqueViolation(e)) {
            return e;
        }
        Function<Plan, RuntimeException> duplicate = other -> new PlanException(
                PlanException.Code.DUPLICATE_PLAN,
                "no other plan for installation " + submission.installation(),
                "plan " + other.id() + " (number " + other.number() + "), which is " + other.status(),
                "wait until that plan is over, cancel it, or take the installation over with \"adopts\": \""
                        + other.id() + "\"",
                other.id());
        return database.transact(connection -> PlanTable.active(connection, submission.installation()))
                .map(duplicate)
                .orElse(e);
    }

    private static PlanException unknown(String planId) {
        return new PlanException(
                PlanException.Code.UNKNOWN_PLAN, "the id of a plan", "'" + planId + "'", "list the plans there are");
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            // No plan has such an id; that is all there is to know.
            return Optional.empty();
        }
    }
}
