package io.upstep.planner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.upstep.event.AttemptId;
import io.upstep.event.EventType;
import io.upstep.event.Installation;
import io.upstep.event.StepProgressed;
import io.upstep.event.WorkerSeen;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanException;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.plan.Submission;
import io.upstep.planner.plan.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredPlansTest {
    private Planner planner;
    private Plans plans;

    @BeforeEach
    void open() {
        planner = new Planner(TestServer.newDatabase());
        plans = planner.plans;
    }

    @AfterEach
    void close() {
        planner.close();
    }

    private static void refused(PlanException.Code code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(PlanException.class))
                .extracting(PlanException::code)
                .isEqualTo(code);
    }

    private static Submission submission(String release) {
        return Planner.submission(release, Submission.Start.MANUAL);
    }

    @Test
    void shouldKeepAPlanAsItWasWhenSubmitted() {
        Plan plan = plans.submit(submission("a"), null, "ann").plan();

        assertThat(plans.find(plan.id())).contains(plan);
        assertThat(plan.number()).isEqualTo(1);
        assertThat(plans.find("no-uuid")).isEmpty();
        assertThat(plans.why(plan.id()).orElseThrow().sentence()).startsWith("A verifier of cluster east looks at ");
    }

    @Test
    void shouldNameTheOtherPlanWhenAnInstallationHasOneAlready() {
        Plan first = plans.submit(submission("a"), null, "ann").plan();

        assertThatThrownBy(() -> plans.submit(submission("a"), null, "bob"))
                .asInstanceOf(type(PlanException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanException.Code.DUPLICATE_PLAN))
                .satisfies(e -> assertThat(e.otherPlanId()).isEqualTo(first.id()));
        assertThat(plans.list(Plans.Filter.ALL, null, 10).plans()).hasSize(1);
    }

    @Test
    void shouldGiveOutHigherEpochsWhenTheInstallationHadAPlanBefore() {
        Plan first = planner.running("a");
        assertThat(first.epoch()).isEqualTo(planner.clock.instant().getEpochSecond() + 1);
        planner.apply(first, new Happening.Cancel("ann", null, false));
        Plan ended = endCancelled(first);

        Plan second = plans.submit(submission("a"), null, "ann").plan();

        assertThat(second.epoch()).isEqualTo(ended.epoch());
    }

    @Test
    void shouldAnswerTheSamePlanWhenTheIdempotencyKeyIsTheSame() {
        Plans.Submitted first = plans.submit(submission("a"), "key", "ann");
        Plans.Submitted second = plans.submit(submission("a"), "key", "ann");

        assertThat(first.repeated()).isFalse();
        assertThat(second.repeated()).isTrue();
        assertThat(second.plan()).isEqualTo(first.plan());
        refused(PlanException.Code.IDEMPOTENCY_KEY_REUSED, () -> plans.submit(submission("b"), "key", "ann"));
        assertThat(plans.submit(submission("c"), "key", "bob").repeated()).isFalse();
    }

    @Test
    void shouldTakeNoPlanWhenNobodyServesTheCluster() {
        Submission north = new Submission("polyaxon", new Installation("north", "ns", "a"), "1.9.0", null, null);
        refused(PlanException.Code.UNKNOWN_CLUSTER, () -> plans.submit(north, "key", "ann"));

        planner.maintenance.seen(worker("north", false));

        assertThat(plans.submit(north, "key", "ann").repeated()).isFalse();
    }

    @Test
    void shouldPageThroughPlansNewestFirstWhenThereAreMoreThanOnePage() {
        for (int i = 1; i <= 5; i++) {
            plans.submit(submission("r" + i), null, "ann");
        }
        List<Long> seen = new ArrayList<>();
        String cursor = null;
        do {
            Plans.Page page = plans.list(Plans.Filter.ALL, cursor, 2);
            page.plans().forEach(plan -> seen.add(plan.number()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).containsExactly(5L, 4L, 3L, 2L, 1L);
        refused(PlanException.Code.INVALID_CURSOR, () -> plans.list(Plans.Filter.ALL, "x", 2));
    }

    @Test
    void shouldListOnlyWhatTheFilterLetsThrough() {
        plans.submit(submission("a"), null, "ann");
        Plan running = planner.running("b");

        Plans.Filter byStatus = new Plans.Filter(Set.of(PlanStatus.RUNNING), "polyaxon", "east", "ns", null);
        assertThat(plans.list(byStatus, null, 10).plans()).containsExactly(running);
        assertThat(plans.list(Plans.Filter.of(running.installation()), null, 10).plans())
                .containsExactly(running);
        assertThat(plans.list(new Plans.Filter(null, "other", null, null, null), null, 10)
                        .plans())
                .isEmpty();
    }

    @Test
    void shouldWriteTheJournalWithoutGapsWhenThingsHappen() {
        Plan a = planner.running("a");
        planner.running("b");
        plans.act(a.id(), new Happening.Pause("bob", "lunch"));

        List<JournalEntry> journal = plans.journal(a.id(), 0, 100);
        assertThat(journal).extracting(JournalEntry::seq).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(journal.get(5).type()).isEqualTo("plan.pausing");
        assertThat(journal.get(5).actor()).isEqualTo("bob");
        assertThat(plans.journal(a.id(), 4, 100)).hasSize(2);
        List<JournalEntry> all = plans.events(0, 100);
        assertThat(all)
                .extracting(JournalEntry::position)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(plans.lastPosition()).isEqualTo(11);
    }

    @Test
    void shouldChangeNothingWhenTheVerbDoesNotFit() {
        Plan plan = planner.running("a");
        long before = plans.lastPosition();

        refused(PlanException.Code.ILLEGAL_STATE, () -> plans.act(plan.id(), new Happening.Retry("bob", null, null)));
        refused(
                PlanException.Code.UNKNOWN_PLAN,
                () -> plans.act(UUID.randomUUID().toString(), new Happening.Start("bob", null)));

        assertThat(plans.lastPosition()).isEqualTo(before);
        assertThat(plans.find(plan.id())).contains(plan);
    }

    @Test
    void shouldTellListenersAfterTheCommitWhenTheJournalGrows() {
        List<Long> heard = new ArrayList<>();
        try (var listening = planner.commits.listen(position -> heard.add(plans.lastPosition() - position))) {
            planner.running("a");
        }
        planner.running("b");

        assertThat(heard).containsExactly(0L, 0L);
    }

    @Test
    void shouldStoreLogLinesWhenTheyHoldWhatPostgresCannot() {
        Plan plan = planner.running("a");
        AttemptId attempt = new AttemptId(plan.id(), "s1", 1, plan.epoch());
        List<String> lines = List.of("nul: \0 and \\u0000 and \\\0 end");
        planner.apply(
                plan,
                new Happening.Progressed(new StepProgressed(
                        attempt,
                        plan.installation(),
                        "e1",
                        1,
                        StepProgressed.Phase.EXECUTING,
                        0.5,
                        "\0",
                        lines,
                        null)));

        List<JournalEntry> journal = plans.journal(plan.id(), 5, 10);
        assertThat(journal.get(0).data().get("lines").get(0).asText())
                .isEqualTo("nul: \ufffd and \\u0000 and \\\ufffd end");
    }

    @Test
    void shouldSayWhichWorkersAreAliveWhenSomeFallSilentOrStop() {
        planner.maintenance.seen(worker("north", false));
        assertThat(plans.workers()).singleElement().returns(true, Worker::alive);

        planner.clock.advance(Duration.ofSeconds(31));
        assertThat(plans.workers()).singleElement().returns(false, Worker::alive);

        planner.maintenance.seen(worker("north", true));
        assertThat(plans.workers()).singleElement().returns(false, Worker::alive);
        planner.clock.advance(Duration.ofDays(2));
        planner.maintenance.forget();
        assertThat(plans.workers()).isEmpty();
    }

    @Test
    void shouldStillListTheWorkersWhenOneNamesAnIntervalThatNoClockCanCount() {
        planner.maintenance.seen(worker("north", false, Duration.ofSeconds(Long.MAX_VALUE)));

        assertThat(plans.workers()).singleElement().returns(true, Worker::alive);
        planner.clock.advance(Duration.ofHours(4));
        assertThat(plans.workers()).singleElement().returns(false, Worker::alive);
    }

    @Test
    void shouldRefuseTheRetryWhenAnotherPlanHasTheInstallationByNow() {
        Plan first = failed(planner.running("a"));
        Plan second = plans.submit(submission("a"), null, "ann").plan();
        Happening.Retry retry = new Happening.Retry("bob", null, null);

        assertThatThrownBy(() -> plans.act(first.id(), retry))
                .asInstanceOf(type(PlanException.class))
                .satisfies(e -> assertThat(e.otherPlanId()).isEqualTo(second.id()));

        plans.act(second.id(), new Happening.Cancel("bob", null, false));
        assertThat(plans.act(first.id(), retry).epoch()).isGreaterThan(second.epoch());
    }

    @Test
    void shouldRefuseToTakeUpAPlanAgainWhenAnotherHasWorkedOnTheInstallationSince() {
        Plan first = failed(planner.running("a"));
        Plan second = failed(planner.running("a"));

        for (Happening.Verb verb :
                List.of(new Happening.Retry("bob", null, null), new Happening.Rollback("bob", null, List.of()))) {
            assertThatThrownBy(() -> plans.act(first.id(), verb))
                    .asInstanceOf(type(PlanException.class))
                    .satisfies(e -> {
                        assertThat(e.code()).isEqualTo(PlanException.Code.OVERTAKEN);
                        assertThat(e.otherPlanId()).isEqualTo(second.id());
                    });
        }
        assertThat(plans.act(second.id(), new Happening.Rollback("bob", null, List.of()))
                        .status())
                .isEqualTo(PlanStatus.ROLLING_BACK);
    }

    @Test
    void shouldEndThePlanThatHasTheInstallationWhenANewOneAdoptsIt() {
        Plan first = planner.running("a");

        Plan second = plans.submit(adopting("a", first.id()), null, "ann").plan();

        Plan adopted = plans.find(first.id()).orElseThrow();
        assertThat(adopted.status()).isEqualTo(PlanStatus.ABANDONED);
        assertThat(adopted.adoptedBy()).isEqualTo(second.id());
        assertThat(second.epoch()).isGreaterThanOrEqualTo(adopted.epoch());
        assertThat(second.planner()).isEqualTo(first.planner()).isNotBlank();
    }

    @Test
    void shouldRefuseToAdoptWhenThePlanIsForAnotherInstallationAndNotMindOneOfAnotherUpstep() {
        Plan first = planner.running("a");

        assertThatThrownBy(() -> plans.submit(adopting("b", first.id()), null, "ann"))
                .asInstanceOf(type(PlanException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(PlanException.Code.NOT_ADOPTABLE));
        assertThat(plans.find(first.id()).orElseThrow().status()).isEqualTo(PlanStatus.RUNNING);
        String foreign = UUID.randomUUID().toString();
        assertThat(plans.submit(adopting("b", foreign), null, "ann")
                        .plan()
                        .submission()
                        .adopts())
                .isEqualTo(foreign);
    }

    private static Submission adopting(String release, String planId) {
        Submission plain = submission(release);
        return new Submission(
                plain.platform(),
                plain.installation(),
                plain.target(),
                plain.parameters(),
                plain.start(),
                planId,
                List.of());
    }

    @Test
    void shouldCountPlansAndFindNoneStuck() {
        planner.running("a");

        Figures figures = planner.maintenance.figures();
        assertThat(figures.plans()).containsEntry(PlanStatus.RUNNING, 1L);
        assertThat(figures.stuck()).isEmpty();
        assertThat(figures.outbox().messages()).isEqualTo(2);
        assertThat(planner.maintenance.waiting()).hasSize(1);
    }

    private Plan failed(Plan plan) {
        Plan verifying = planner.apply(plan, Answers.failed(plan));
        return planner.apply(verifying, Answers.judged(verifying));
    }

    private Plan endCancelled(Plan plan) {
        Plan stopping = plans.find(plan.id()).orElseThrow();
        Plan verifying = planner.apply(stopping, Answers.cancelled(stopping));
        return planner.apply(verifying, Answers.judged(verifying));
    }

    private static WorkerSeen worker(String cluster, boolean stopping) {
        return worker(cluster, stopping, Duration.ofSeconds(10));
    }

    private static WorkerSeen worker(String cluster, boolean stopping, Duration interval) {
        return new WorkerSeen(
                "e1",
                EventType.Role.EXECUTOR,
                "1",
                List.of(new WorkerSeen.ClusterSeen(cluster, "1.33", null)),
                List.of(),
                Instant.EPOCH,
                interval,
                stopping);
    }
}
