package io.upstep.planner.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.broker.RejectedException;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.event.EventType;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.event.Installation;
import io.upstep.event.InstallationObserved;
import io.upstep.event.ObservationRequested;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import io.upstep.event.WorkerSeen;
import io.upstep.planner.plan.Happening;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.store.Planner;
import io.upstep.planner.store.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The planner as a whole, on a real database, with a broker, executors and verifiers in memory. */
class RoundTripTest {
    private static final Verdict FINE = Verdict.of(
            List.of(new Evidence("step.outcome", "step", Evidence.Result.PASSED, "done", "done", Instant.EPOCH)));

    private final FakeBroker broker = new FakeBroker();
    private Planner planner;
    private PlannerLife life;

    @BeforeEach
    void open() {
        planner = new Planner(TestServer.newDatabase());
    }

    @AfterEach
    void close() {
        life.stop(null);
        broker.close();
        planner.close();
    }

    private void start(String brokerName) {
        Inbox inbox = new Inbox(planner.applier);
        Hearing hearing = new Hearing(new BrokerHealth(), planner.clock);
        life = new PlannerLife(
                brokerName,
                planner.maintenance,
                inbox,
                new Subscriptions(broker, inbox, planner.maintenance),
                new Relay(planner.applier, planner.database, broker, planner.commits, planner.clock),
                hearing,
                new Sweeper(planner.applier, planner.plans, planner.commits, planner.maintenance, hearing));
        life.start(null);
    }

    private void answerEverything(int steps) {
        on(ObservationRequested.class, asked -> observed(asked, steps));
        on(StepRequested.class, asked -> completed(asked, StepProgressed.Phase.ACCEPTED));
        on(
                StepCancelRequested.class,
                asked -> new StepCompleted(
                        asked.attempt(),
                        asked.installation(),
                        null,
                        "e1",
                        "v1",
                        new Outcome.Cancelled("stopped"),
                        FINE,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH));
        on(PlanVerificationRequested.class, RoundTripTest::judged);
    }

    private <T extends EventData> void on(Class<T> type, java.util.function.Function<T, EventData> answer) {
        broker.subscribe(type, "east", "test", 1, event -> {
            say(answer.apply(event.data()));
            return CompletableFuture.completedFuture(null);
        });
    }

    private void say(EventData data) {
        broker.publish(Event.of("/test", Instant.EPOCH, data));
    }

    private EventData completed(StepRequested asked, StepProgressed.Phase phase) {
        say(new StepProgressed(asked.attempt(), asked.installation(), "e1", 1, phase, null, null, List.of(), null));
        return new StepCompleted(
                asked.attempt(),
                asked.installation(),
                null,
                "e1",
                "v1",
                Outcome.Succeeded.of("done"),
                FINE,
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private static EventData observed(ObservationRequested asked, int steps) {
        Map<String, Fact> facts = Map.of(
                "version", Fact.known(new TextNode("1.8.0"), "test"), "steps", Fact.known(new IntNode(steps), "test"));
        return new InstallationObserved(
                asked.planId(), asked.observationId(), asked.installation(), "v1", facts, Instant.EPOCH);
    }

    private static EventData judged(PlanVerificationRequested asked) {
        return new UpgradeCompleted(
                asked.planId(),
                asked.verificationId(),
                asked.installation(),
                asked.platform(),
                asked.from(),
                asked.target(),
                asked.ending(),
                asked.reason(),
                FINE,
                Map.of(),
                asked.acceptedRisks(),
                "v1",
                asked.startedAt(),
                Instant.EPOCH);
    }

    private Plan find(Plan plan) {
        return planner.plans.find(plan.id()).orElseThrow();
    }

    private void awaitStatus(Plan plan, PlanStatus status) {
        await().atMost(Duration.ofSeconds(20)).until(() -> find(plan).status() == status);
    }

    @Test
    void shouldComeToSuccessWhenEverybodyAnswers() {
        answerEverything(10);
        start("redis");

        Plan plan = planner.submitted("a");

        awaitStatus(plan, PlanStatus.SUCCEEDED);
        assertThat(find(plan).steps())
                .hasSize(10)
                .allMatch(step -> step.attempts().size() == 1);
    }

    @Test
    void shouldKeepEveryJournalWithoutGapsAndShowReadersEachEntryOnceWhenManyPlansRunAtOnce() {
        answerEverything(5);
        start("redis");
        List<JournalEntry> read = new ArrayList<>();
        try (var listening = planner.commits.listen(position -> {
            synchronized (read) {
                long after = read.isEmpty() ? 0 : read.get(read.size() - 1).position();
                read.addAll(planner.plans.events(after, 10_000));
            }
        })) {
            List<Plan> plans = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                plans.add(planner.submitted("r" + i));
            }
            plans.forEach(plan -> awaitStatus(plan, PlanStatus.SUCCEEDED));
            await().atMost(Duration.ofSeconds(10)).until(() -> {
                synchronized (read) {
                    return read.size() == planner.plans.lastPosition();
                }
            });
            for (Plan plan : plans) {
                List<JournalEntry> journal = planner.plans.journal(plan.id(), 0, 1000);
                assertThat(journal).extracting(JournalEntry::seq).isEqualTo(upTo(journal.size()));
            }
        }
        assertThat(read).extracting(JournalEntry::position).isEqualTo(upTo(read.size()));
    }

    @Test
    void shouldEndCancelledWhenCancelledWhileItRuns() {
        answerEverything(2);
        broker.subscribe(StepRequested.class, "east", "test", 1, event -> CompletableFuture.completedFuture(null));
        start("redis");
        Plan plan = planner.submitted("a");
        awaitStatus(plan, PlanStatus.RUNNING);

        planner.plans.act(plan.id(), new Happening.Cancel("bob", null, false));

        awaitStatus(plan, PlanStatus.CANCELLED);
    }

    @Test
    void shouldSayWhatIsOutstandingAgainWhenItStartsOnABrokerThatForgets() {
        Plan plan = planner.running("a");
        new Relay(planner.applier, planner.database, new FakeBroker(), planner.commits, planner.clock).publishSome();
        answerEverything(2);

        start("embedded");

        awaitStatus(plan, PlanStatus.SUCCEEDED);
    }

    @Test
    void shouldRejectWhatIsAboutNoPlanOfThisPlanner() {
        start("redis");
        Installation installation = new Installation("east", "ns", "a");
        say(new InstallationObserved("no-uuid", "o", installation, "v1", Map.of(), Instant.EPOCH));
        String unknown = UUID.randomUUID().toString();
        say(new InstallationObserved(unknown, "o", installation, "v1", Map.of(), Instant.EPOCH));

        await().atMost(Duration.ofSeconds(10)).until(() -> broker.rejected.size() == 2);
        assertThat(broker.rejected)
                .map(e -> e instanceof CompletionException ? e.getCause() : e)
                .hasOnlyElementsOfType(RejectedException.class);
    }

    @Test
    void shouldKnowTheWorkersWhenTheySayTheyAreHere() {
        start("redis");
        say(new WorkerSeen(
                "e1", EventType.Role.EXECUTOR, "1", List.of(), List.of(), Instant.EPOCH, Duration.ofSeconds(5), false));

        await().atMost(Duration.ofSeconds(10))
                .until(() -> planner.plans.workers().size() == 1);
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
