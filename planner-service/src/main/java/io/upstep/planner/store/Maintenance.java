package io.upstep.planner.store;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What messaging needs of the store besides applying changes. */
@Singleton
public class Maintenance {
    private static final Duration WORKERS_KEPT = Duration.ofDays(1);
    private static final Duration KEYS_KEPT = Duration.ofDays(7);

    private final Database database;
    private final Clock clock;

    @Inject
    public Maintenance(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    public void seen(io.upstep.event.WorkerSeen worker) {
        Instant now = clock.instant();
        database.transact(connection -> {
            WorkerTable.seen(connection, worker, now);
            return null;
        });
    }

    /** Drops what has lost its use: workers long gone, idempotency keys nobody will repeat. */
    public void forget() {
        Instant now = clock.instant();
        database.transact(connection -> {
            WorkerTable.forget(connection, now.minus(WORKERS_KEPT));
            Idempotency.forget(connection, now.minus(KEYS_KEPT));
            return null;
        });
    }

    /** Plans that wait for an answer or a time. */
    public List<UUID> waiting() {
        return database.transact(PlanTable::waiting);
    }

    public Figures figures() {
        return database.transact(Figures::read);
    }
}
