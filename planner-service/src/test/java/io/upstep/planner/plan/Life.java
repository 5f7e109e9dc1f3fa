package io.upstep.planner.plan;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.AttemptId;
import io.upstep.event.Ending;
import io.upstep.event.EventData;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.event.Installation;
import io.upstep.event.InstallationObserved;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lives through a plan in a test: holds its state and the time, and speaks for executors, verifiers and people. */
final class Life {
    static final Installation INSTALLATION = new Installation("east", "polyaxon", "polyaxon");
    static final Verdict PASSED = Verdict.of(
            List.of(new Evidence("step.outcome", "step", Evidence.Result.PASSED, "done", "done", Instant.EPOCH)));

    final FakeResolver resolver = new FakeResolver();
    final Decider decider = new Decider(resolver, Patience.DEFAULT);
    final List<Entry> journal = new ArrayList<>();
    final List<EventData> said = new ArrayList<>();
    Plan plan;
    Instant now = Instant.parse("2026-11-20T10:00:00Z");

    static Life submitted(Submission.Start start) {
        Life life = new Life();
        Submission submission = new Submission("polyaxon", INSTALLATION, "1.9.0", null, start);
        life.take(life.decider.submit("p", 1, "upstep-1", submission, "ann", 7, life.now));
        return life;
    }

    /** Begins at once, and does without a restore point. */
    static Life waiving(Waiver waiver) {
        Life life = new Life();
        Submission submission = new Submission(
                "polyaxon", INSTALLATION, "1.9.0", null, Submission.Start.AUTOMATIC, null, List.of(waiver));
        life.take(life.decider.submit("p", 1, "upstep-1", submission, "ann", 7, life.now));
        return life;
    }

    static Life running() {
        return submitted(Submission.Start.AUTOMATIC).observed(2);
    }

    Life observed(int steps) {
        return observed(steps, Map.of());
    }

    /** @param kinds what kind of steps some are, see {@link FakeResolver} */
    Life observed(int steps, Map<String, String> kinds) {
        Map<String, Fact> facts = new LinkedHashMap<>();
        kinds.forEach((step, kind) -> facts.put(step, Fact.known(new TextNode(kind), "test")));
        facts.put("version", Fact.known(new TextNode("1.8.0"), "Deployment api"));
        facts.put("steps", Fact.known(new IntNode(steps), "test"));
        return on(observed(plan.observation().id(), facts));
    }

    Life observedNothing() {
        return on(observed(plan.observation().id(), Map.of("version", Fact.unknown("not there"))));
    }

    Happening observed(String id, Map<String, Fact> facts) {
        return new Happening.Observed(new InstallationObserved(plan.id(), id, INSTALLATION, "v1", facts, now));
    }

    Life progressed(StepProgressed.Phase phase, long sequence, String message, String cursor) {
        return on(progress(attempt(), phase, sequence, message, cursor));
    }

    Life accepted() {
        return progressed(StepProgressed.Phase.ACCEPTED, 1, null, null);
    }

    /** The executor's last word: it is done, and verifiers are to look. */
    Life handedOver() {
        return on(handover(attempt(), 9));
    }

    Happening handover(AttemptId id, long sequence) {
        return new Happening.Progressed(new StepProgressed(
                id, INSTALLATION, "e1", sequence, StepProgressed.Phase.VERIFYING, null, null, List.of(), null));
    }

    Happening progress(AttemptId id, StepProgressed.Phase phase, long sequence, String message, String cursor) {
        String worker = phase == StepProgressed.Phase.VERIFYING ? "v1" : "e1";
        return new Happening.Progressed(
                new StepProgressed(id, INSTALLATION, worker, sequence, phase, null, message, List.of(), cursor));
    }

    Life completed(Outcome outcome, Verdict verdict) {
        return on(completion(attempt(), outcome, verdict));
    }

    Life passed() {
        return completed(Outcome.Succeeded.of("done"), PASSED);
    }

    Happening completion(AttemptId id, Outcome outcome, Verdict verdict) {
        return new Happening.Completed(
                new StepCompleted(id, INSTALLATION, null, "e1", "v1", outcome, verdict, now, now, now));
    }

    Life judged(Verdict verdict) {
        return on(judgement(last(PlanVerificationRequested.class), verdict));
    }

    Happening judgement(PlanVerificationRequested asked, Verdict verdict) {
        boolean claims = asked.ending() == Ending.SUCCEEDED || asked.ending() == Ending.ROLLED_BACK;
        Ending ending = claims && !verdict.isPassed() ? Ending.FAILED : asked.ending();
        return new Happening.Judged(new UpgradeCompleted(
                plan.id(),
                asked.verificationId(),
                INSTALLATION,
                "polyaxon",
                asked.from(),
                asked.target(),
                ending,
                asked.reason(),
                verdict,
                Map.of("version", Fact.known(new TextNode("1.8.0"), "Deployment api")),
                asked.acceptedRisks(),
                "v1",
                asked.startedAt(),
                now));
    }

    Life on(Happening happening) {
        take(decider.decide(plan, happening, now));
        return this;
    }

    /** Lets time go by until the plan's timer is due, and wakes it. */
    Life untilTimer() {
        now = plan.timer().wakeAt();
        return on(new Happening.TimerDue());
    }

    Life after(Duration time) {
        now = now.plus(time);
        return on(new Happening.TimerDue());
    }

    Step step(String id) {
        return plan.step(id).orElseThrow();
    }

    /** The attempt under way. */
    AttemptId attempt() {
        Step step = plan.currentStep().orElseThrow();
        Attempt attempt = step.lastAttempt().orElseThrow();
        return new AttemptId(plan.id(), step.id(), attempt.number(), attempt.epoch());
    }

    <T extends EventData> T last(Class<T> type) {
        List<T> all = said(type);
        return all.get(all.size() - 1);
    }

    <T extends EventData> List<T> said(Class<T> type) {
        return said.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<Entry.Type> types() {
        return journal.stream().map(Entry::type).toList();
    }

    String why() {
        return Whys.of(plan, now).sentence();
    }

    static Verdict failed(String actual) {
        return Verdict.of(List.of(new Evidence(
                "kubernetes.rollout", "Deployment api", Evidence.Result.FAILED, "ready", actual, Instant.EPOCH)));
    }

    static Verdict observations(int count) {
        return Verdict.of(Collections.nCopies(
                count,
                new Evidence("check", "Deployment api", Evidence.Result.PASSED, "ready", "ready", Instant.EPOCH)));
    }

    private void take(Decision decision) {
        plan = decision.plan();
        journal.addAll(decision.entries());
        said.addAll(decision.messages());
    }
}
