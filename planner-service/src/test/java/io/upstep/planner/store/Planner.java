package io.upstep.planner.store;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.event.Installation;
import io.upstep.event.InstallationObserved;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.Submission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One planner's store in a test, as the application would put it together. */
public final class Planner implements AutoCloseable {
    public final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T10:00:00Z"));
    public final Commits commits = new Commits();
    public final Database database;
    public final Applier applier;
    public final StoredPlans plans;
    public final Maintenance maintenance;

    public Planner(StoreConfig config) {
        database = new Database(config);
        applier = new Applier(database, TestServer.decider(), commits, clock);
        plans = new StoredPlans(database, applier, TestServer.decider(), new KnownClusters(config));
        maintenance = new Maintenance(database, clock);
    }

    public static Submission submission(String release, Submission.Start start) {
        return new Submission("polyaxon", new Installation("east", "ns", release), "1.9.0", null, start);
    }

    public Plan submitted(String release) {
        return plans.submit(submission(release, Submission.Start.AUTOMATIC), null, "ann")
                .plan();
    }

    /** Submitted and observed: its first step is requested. */
    public Plan running(String release) {
        return apply(submitted(release), null);
    }

    public Plan apply(Plan plan, Happening happening) {
        Happening what = happening == null ? observed(plan) : happening;
        Changed changed = applier.apply(List.of(new Change(UUID.fromString(plan.id()), what)))
                .get(0);
        if (changed.problem() != null) {
            throw changed.problem();
        }
        return changed.plan();
    }

    public static Happening observed(Plan plan) {
        Map<String, Fact> facts = Map.of(
                "version", Fact.known(new TextNode("1.8.0"), "test"), "steps", Fact.known(new IntNode(2), "test"));
        return new Happening.Observed(new InstallationObserved(
                plan.id(), plan.observation().id(), plan.installation(), "v1", facts, Instant.EPOCH));
    }

    public long outbox() {
        return maintenance.figures().outbox().messages();
    }

    @Override
    public void close() {
        database.close();
    }
}
