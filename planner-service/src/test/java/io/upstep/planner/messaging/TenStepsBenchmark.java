package io.upstep.planner.messaging;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.event.InstallationObserved;
import io.upstep.event.ObservationRequested;
import io.upstep.event.Outcome;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.StepCompleted;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.store.Planner;
import io.upstep.planner.store.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Measures the planner's part of a plan of ten steps that do nothing: from submission to success, on a database that writes
 * to disk, with executors and verifiers that answer at once. A program to run by hand; prints milliseconds.
 */
public final class TenStepsBenchmark {
    private static final Verdict FINE = Verdict.of(
            List.of(new Evidence("step.outcome", "step", Evidence.Result.PASSED, "done", "done", Instant.EPOCH)));

    private final FakeBroker broker = new FakeBroker();

    private TenStepsBenchmark() {}

    /** @param arguments how many plans; 200 if left out */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int plans = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
        new TenStepsBenchmark().run(plans);
        System.exit(0);
    }

    private void run(int plans) throws IOException, InterruptedException {
        Planner planner = new Planner(
                TestServer.onDisk(Files.createTempDirectory("benchmark").resolve("postgres")));
        answer();
        Inbox inbox = new Inbox(planner.applier);
        new PlannerLife(
                        "redis",
                        planner.maintenance,
                        inbox,
                        new Subscriptions(broker, inbox, planner.maintenance),
                        new Relay(planner.database, broker, planner.commits, planner.clock),
                        new Sweeper(planner.applier, planner.plans, planner.commits, planner.maintenance))
                .start(null);
        long[] micros = new long[plans];
        for (int i = 0; i < plans; i++) {
            micros[i] = one(planner, "r" + i);
        }
        long[] warm = Arrays.copyOfRange(micros, plans / 4, plans);
        Arrays.sort(warm);
        System.out.printf(
                "median %.1f ms, best %.1f ms, 95 %% %.1f ms%n",
                warm[warm.length / 2] / 1e3, warm[0] / 1e3, warm[warm.length * 95 / 100] / 1e3);
        planner.close();
    }

    private static long one(Planner planner, String release) throws InterruptedException {
        Semaphore grown = new Semaphore(0);
        try (var listening = planner.commits.listen(position -> grown.release())) {
            long begin = System.nanoTime();
            String id = planner.submitted(release).id();
            while (planner.plans.find(id).orElseThrow().status() != PlanStatus.SUCCEEDED) {
                grown.acquire();
            }
            return (System.nanoTime() - begin) / 1000;
        }
    }

    private void answer() {
        on(
                ObservationRequested.class,
                asked -> new InstallationObserved(
                        asked.planId(),
                        asked.observationId(),
                        asked.installation(),
                        "v1",
                        Map.of(
                                "version", Fact.known(new TextNode("1.8.0"), "test"),
                                "steps", Fact.known(new IntNode(10), "test")),
                        Instant.EPOCH));
        on(StepRequested.class, this::completed);
        on(
                PlanVerificationRequested.class,
                asked -> new UpgradeCompleted(
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
                        Instant.EPOCH));
    }

    private EventData completed(StepRequested asked) {
        say(new StepProgressed(
                asked.attempt(),
                asked.installation(),
                "e1",
                1,
                StepProgressed.Phase.ACCEPTED,
                null,
                null,
                List.of(),
                null));
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

    private <T extends EventData> void on(Class<T> type, Function<T, EventData> answer) {
        broker.subscribe(type, "east", "benchmark", 1, event -> {
            say(answer.apply(event.data()));
            return CompletableFuture.completedFuture(null);
        });
    }

    private void say(EventData data) {
        broker.publish(Event.of("/benchmark", Instant.EPOCH, data));
    }
}
