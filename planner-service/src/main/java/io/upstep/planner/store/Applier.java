package io.upstep.planner.store;

import io.upstep.planner.plan.Decider;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The one place where decisions take effect: the plan is locked, the decision made, and the plan, its journal and its
 * messages written in one transaction.
 */
@Singleton
public class Applier {
    private static final Logger LOG = Logger.getLogger(Applier.class);
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final Database database;
    private final Decider decider;
    private final Commits commits;
    private final Clock clock;

    @Inject
    public Applier(Database database, Decider decider, Commits commits, Clock clock) {
        this.database = database;
        this.decider = decider;
        this.commits = commits;
        this.clock = clock;
    }

    /** Applies the changes in order, in one transaction. One that a plan refuses does not keep the others from it. */
    public List<Changed> apply(List<Change> changes) {
        List<UUID> ids = changes.stream().map(Change::planId).distinct().toList();
        return commit(connection -> PlanTable.lock(connection, ids), (connection, ledger, now) -> {
            List<Changed> results = new ArrayList<>();
            for (Change change : changes) {
                results.add(apply(connection, ledger, change, now));
            }
            return results;
        });
    }

    /**
     * Wakes plans whose timer is due, except those somebody else is busy with.
     *
     * @param listeningSince since when this planner hears what others say
     */
    public int wake(int limit, Instant listeningSince) {
        return commit(
                        connection -> PlanTable.lockDue(connection, now(), limit),
                        (connection, ledger, now) -> wake(connection, ledger, now, listeningSince))
                .size();
    }

    /** The time as the database can hold it, so that what is read is what was written. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Runs a transaction that writes to a ledger, and tells whom it concerns once it is committed. */
    <T> T commit(Database.Work<List<StoredPlan>> lock, Deciding<T> deciding) {
        Instant now = now();
        Committed<T> committed = database.transact(connection -> {
            Ledger ledger = new Ledger(lock.on(connection), now);
            T result = deciding.decide(connection, ledger, now);
            return new Committed<>(result, ledger.write(connection), ledger.hasMessages());
        });
        if (committed.hasMessages()) {
            commits.messages();
        }
        if (committed.position() > 0) {
            commits.reached(committed.position());
        }
        return committed.result();
    }

    private Changed apply(Connection connection, Ledger ledger, Change change, Instant now) throws SQLException {
        Plan plan = ledger.plan(change.planId().toString());
        if (plan == null) {
            return new Changed(null, null);
        }
        try {
            if (plan.status().isTerminal() && change.happening() instanceof Happening.Verb verb) {
                plan = reopened(connection, plan, verb);
            }
            ledger.add(decider.decide(plan, change.happening(), now));
        } catch (RuntimeException e) {
            return new Changed(plan, e);
        }
        return new Changed(ledger.plan(plan.id()), null);
    }

    /** A plan that is over can be taken up again as long as no other has worked on the installation since. */
    private static Plan reopened(Connection connection, Plan plan, Happening.Verb verb) throws SQLException {
        boolean reopens = verb instanceof Happening.Retry
                || verb instanceof Happening.Rollback
                || verb instanceof Happening.MarkDone;
        Optional<Plan> later = reopens ? PlanTable.overtakenBy(connection, plan) : Optional.empty();
        if (later.isPresent()) {
            throw new PlanException(
                    PlanException.Code.OVERTAKEN,
                    "the last plan that has worked on " + plan.installation(),
                    "plan " + plan.id() + "; plan " + later.get().id() + " (number "
                            + later.get().number() + ") has worked on it since",
                    "act on that plan, or submit a new one",
                    later.get().id());
        }
        // Plans that were only looked at have numbers too.
        return plan.withEpoch(Math.max(plan.epoch(), PlanTable.highestEpoch(connection, plan.installation())));
    }

    private List<Plan> wake(Connection connection, Ledger ledger, Instant now, Instant listeningSince)
            throws SQLException {
        List<Plan> due = ledger.plans();
        for (Plan plan : due) {
            try {
                ledger.add(decider.decide(plan, new Happening.TimerDue(listeningSince), now));
            } catch (RuntimeException e) {
                // One plan that cannot be decided must not keep the others from being woken.
                LOG.errorf(e, "plan %s could not be woken; the next try is in %s", plan.id(), AFTER_A_BUG);
                PlanTable.postpone(connection, plan.id(), now.plus(AFTER_A_BUG));
            }
        }
        return due;
    }

    private record Committed<T>(T result, long position, boolean hasMessages) {}

    /** Decides under the locks of a transaction. */
    @FunctionalInterface
    interface Deciding<T> {
        T decide(Connection connection, Ledger ledger, Instant now) throws SQLException;
    }
}
