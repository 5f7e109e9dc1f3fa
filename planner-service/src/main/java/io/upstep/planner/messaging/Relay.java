package io.upstep.planner.messaging;

import io.upstep.broker.EventBroker;
import io.upstep.planner.plan.Backoff;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.store.Applier;
import io.upstep.planner.store.Change;
import io.upstep.planner.store.Commits;
import io.upstep.planner.store.Database;
import io.upstep.planner.store.Outbox;
import io.upstep.planner.store.Outgoing;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Publishes what waits in the outbox: several plans at once, the messages of one plan one after the other. What the broker
 * has confirmed is deleted; what it has not is tried again. Any number of relays, here and in other planners, share the work.
 */
@Singleton
public class Relay implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Relay.class);
    /** A second one goes on while the first waits for a broker that is slow to confirm. */
    private static final int THREADS = 2;

    private static final int PLANS_AT_ONCE = 64;
    /** In case nobody said that there is something: another planner wrote it and died. */
    private static final long LOOK_MILLIS = 500;

    /** Longer than a broker takes to confirm or fail; after that the relay that claimed a message counts as gone. */
    private static final Duration CLAIM = Duration.ofSeconds(20);

    private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private final Applier applier;
    private final Database database;
    private final EventBroker broker;
    private final Clock clock;
    private final BlockingQueue<Boolean> bell = new LinkedBlockingQueue<>(THREADS);
    private final List<Loop> loops = new ArrayList<>();

    @Inject
    public Relay(Applier applier, Database database, EventBroker broker, Commits commits, Clock clock) {
        this.applier = applier;
        this.database = database;
        this.broker = broker;
        this.clock = clock;
        commits.onMessages(() -> bell.offer(true));
    }

    public void start() {
        database.transact(connection -> {
            Outbox.release(connection);
            return null;
        });
        for (int i = 1; i <= THREADS; i++) {
            loops.add(new Loop("relay-" + i, this::round, () -> bell.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS)).start());
        }
    }

    @Override
    public void close() {
        loops.forEach(Loop::close);
    }

    private void round() throws InterruptedException {
        bell.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        while (publishSome() > 0) {
            // There may be more by now.
        }
    }

    /** @return how many have left the outbox */
    int publishSome() {
        Instant now = clock.instant();
        List<Outgoing> claimed =
                database.transact(connection -> Outbox.claim(connection, now, now.plus(CLAIM), PLANS_AT_ONCE));
        return claimed.isEmpty() ? 0 : publish(claimed);
    }

    private int publish(List<Outgoing> claimed) {
        Map<String, List<Outgoing>> byPlan = claimed.stream()
                .collect(Collectors.groupingBy(Outgoing::planId, LinkedHashMap::new, Collectors.toList()));
        List<Courier> couriers = byPlan.values().stream()
                .map(messages -> new Courier(broker, messages))
                .toList();
        couriers.forEach(Courier::start);
        List<Courier.Report> reports = couriers.stream().map(Courier::await).toList();
        List<Long> confirmed =
                reports.stream().flatMap(report -> report.confirmed().stream()).toList();
        List<Long> done = new ArrayList<>(confirmed);
        List<Courier.Report> failed =
                reports.stream().filter(report -> report.failed() != null).toList();
        for (Courier.Report report : failed) {
            if (report.isFinal()) {
                tellPlan(report);
                done.add(report.failed().id());
            }
        }
        database.transact(connection -> {
            for (Courier.Report report : failed) {
                if (!report.isFinal()) {
                    postpone(connection, report.failed(), report.failure());
                }
            }
            Outbox.delete(connection, done);
            return null;
        });
        return done.size();
    }

    /** Told first and deleted then: killed in between, it is told once more. */
    private void tellPlan(Courier.Report report) {
        Outgoing message = report.failed();
        String reason = String.valueOf(report.cause().getMessage());
        LOG.errorf("%s of plan %s can never be published: %s", message.event().type(), message.planId(), reason);
        applier.apply(List.of(new Change(
                UUID.fromString(message.planId()),
                new Happening.Undeliverable(message.event().type(), reason))));
    }

    private void postpone(Connection connection, Outgoing message, Throwable failure) throws SQLException {
        Instant next = clock.instant().plus(RETRY.after(message.tries() + 1));
        if (message.tries() == 0) {
            LOG.warnf(
                    "%s of plan %s is not confirmed by the broker and stays in the outbox; next try at %s: %s",
                    message.event().type(), message.planId(), next, failure);
        }
        Outbox.postpone(connection, message, next);
    }
}
