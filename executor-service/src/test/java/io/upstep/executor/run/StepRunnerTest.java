package io.upstep.executor.run;

import static io.upstep.executor.run.Requests.attempt;
import static io.upstep.executor.run.Requests.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.AttemptId;
import io.upstep.event.EventData;
import io.upstep.event.Outcome;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Leftovers;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepRunnerTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private final FakeBroker broker = new FakeBroker();
    private TestCluster cluster;
    private Requests requests;
    private TestExecutor a;
    private TestExecutor b;

    @BeforeEach
    void start() {
        cluster = new TestCluster();
        requests = Requests.in(cluster.namespace());
        a = executor("a", Map.of());
        b = executor("b", Map.of());
    }

    private TestExecutor executor(String name, Map<String, String> options) {
        return new TestExecutor(name, broker, cluster.configured(), cluster.kubeconfig(directory), options);
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        cluster.close();
    }

    @Test
    void shouldTellThatItAcceptedAndThenWhatCameOfItWhenAStepIsRequested() {
        a.requested(requests.step(attempt(1, 1))).join();

        StepExecuted executed = executed().get(0);
        assertThat(broker.heard(StepProgressed.class).get(0).phase()).isEqualTo(StepProgressed.Phase.ACCEPTED);
        assertThat(executed.outcome()).isEqualTo(Outcome.Succeeded.of("done"));
        assertThat(executed.worker()).isEqualTo("a");
        await().untilAsserted(
                        () -> assertThat(lease().getSpec().getHolderIdentity()).isNull());
        assertThat(lease().getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "1");
    }

    @Test
    void shouldSayAsItsLastWordThatVerifiersHaveItWhenTheStepIsExecuted() {
        a.requested(requests.step(attempt(1, 1))).join();

        await().untilAsserted(() -> assertThat(broker.heard(StepProgressed.class))
                .filteredOn(progress -> progress.phase() == StepProgressed.Phase.VERIFYING)
                .hasSize(1)
                .allMatch(progress -> progress.worker().equals("a") && progress.sequence() > 1));
        assertThat(broker.heard(EventData.class))
                .filteredOn(said -> said instanceof StepExecuted || isHandover(said))
                .first()
                .isInstanceOf(StepExecuted.class);
    }

    private static boolean isHandover(EventData said) {
        return said instanceof StepProgressed progress && progress.phase() == StepProgressed.Phase.VERIFYING;
    }

    @Test
    void shouldRunOnceWhenTheDoorbellRingsTwice() {
        CountDownLatch release = holdUp(a);
        a.requested(requests.step(attempt(1, 1))).join();
        a.requested(requests.step(attempt(1, 1))).join();
        release.countDown();
        executed();
        a.requested(requests.step(attempt(1, 1))).join();

        assertThat(a.action.runs()).isEqualTo(1);
        assertThat(broker.heard(StepExecuted.class)).hasSize(1);
    }

    @Test
    void shouldLeaveTheStepToItsHolderAndSayWhoThatIsWhenTheDoorbellComesToAnother() {
        CountDownLatch release = holdUp(a);
        a.requested(requests.step(attempt(1, 1))).join();
        b.requested(requests.step(attempt(1, 1))).join();

        assertThat(b.action.runs()).isZero();
        assertThat(broker.heard(StepProgressed.class))
                .filteredOn(p -> p.phase() == StepProgressed.Phase.ACCEPTED)
                .extracting(StepProgressed::worker)
                .containsExactly("a", "a");
        release.countDown();
    }

    @Test
    void shouldSayNothingMoreWhenANewerAttemptTakesTheLeaseInTheMiddle() {
        AtomicReference<String> end = new AtomicReference<>();
        a.action.does(context -> wait(context, end));
        a.requested(requests.step(attempt(1, 1))).join();
        b.requested(requests.step(attempt(2, 2))).join();

        await().untilAtomic(end, org.hamcrest.Matchers.containsString("belongs to attempt 2"));
        await().until(() -> a.executions.count() == 0);
        assertThat(executed()).extracting(StepExecuted::attempt).containsExactly(attempt(2, 2));
    }

    @Test
    void shouldNotWriteWhenItWasPausedAndANewerAttemptRanMeanwhile() {
        TestExecutor paused = executor("paused", Map.of("heartbeat-interval", "1h"));
        CountDownLatch awake = new CountDownLatch(1);
        AtomicReference<String> refused = new AtomicReference<>();
        paused.action.does(context -> {
            join(awake);
            return recording(refused, context::checkpoint);
        });
        paused.requested(requests.step(attempt(1, 1), limits(7200))).join();
        b.requested(requests.step(attempt(2, 2))).join();
        executed();
        paused.clock.jump(Duration.ofMinutes(10));
        awake.countDown();

        await().untilAtomic(refused, org.hamcrest.Matchers.containsString("belongs to attempt 2"));
        await().until(() -> paused.executions.count() == 0);
        assertThat(broker.heard(StepExecuted.class))
                .extracting(StepExecuted::attempt)
                .containsExactly(attempt(2, 2));
        paused.close();
    }

    @Test
    void shouldSayItIsCancelledUnderTheNewEpochWhenItRunsHere() {
        AtomicReference<String> end = new AtomicReference<>();
        a.action.does(context -> wait(context, end));
        a.requested(requests.step(attempt(1, 1))).join();
        a.cancelRequested(requests.cancel(attempt(1, 2))).join();

        assertThat(end.get()).contains("changed my mind");
        assertThat(broker.heard(StepExecuted.class))
                .extracting(StepExecuted::attempt, e -> e.outcome().getClass())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(attempt(1, 2), Outcome.Cancelled.class));
    }

    @Test
    void shouldStopItElsewhereWhenTheCancellationComesToAnother() {
        AtomicReference<String> end = new AtomicReference<>();
        a.action.does(context -> wait(context, end));
        a.requested(requests.step(attempt(1, 1))).join();
        b.cancelRequested(requests.cancel(attempt(1, 2))).join();

        await().untilAtomic(end, org.hamcrest.Matchers.notNullValue());
        assertThat(broker.heard(StepExecuted.class))
                .extracting(StepExecuted::worker)
                .containsExactly("b");
    }

    @Test
    void shouldAnswerAgainWhenACancellationIsDeliveredAgain() {
        a.cancelRequested(requests.cancel(attempt(1, 2))).join();
        b.cancelRequested(requests.cancel(attempt(1, 2))).join();

        assertThat(broker.heard(StepExecuted.class)).hasSize(2);
    }

    @Test
    void shouldLeaveAloneWhatWasLeftBehindWhenANewerAttemptTookTheInstallationMeanwhile() {
        TestExecutor overtaken = cancelling("overtaken", (client, installation, cancellation, checkpoint) -> {
            b.requested(requests.step(attempt(2, 3))).join();
            checkpoint.run();
            return List.of("Job migrate");
        });
        overtaken.cancelRequested(requests.cancel(attempt(1, 2))).join();

        assertThat(cancelled()).extracting(Outcome::summary).singleElement().satisfies(summary -> assertThat(summary)
                .contains("left alone", "attempt 2")
                .doesNotContain("Job migrate"));
        overtaken.close();
    }

    @Test
    void shouldStopWhatIsStillLeftWhenACancellationIsDeliveredAgainElsewhere() {
        a.cancelRequested(requests.cancel(attempt(1, 2))).join();
        TestExecutor second = cancelling("second", (client, installation, cancellation, checkpoint) -> {
            checkpoint.run();
            return List.of("Job migrate");
        });
        second.cancelRequested(requests.cancel(attempt(1, 2))).join();

        assertThat(cancelled()).extracting(Outcome::summary).last().asString().endsWith("; stopped Job migrate");
        second.close();
    }

    private TestExecutor cancelling(String name, Leftovers leftovers) {
        return new TestExecutor(name, broker, cluster.configured(), cluster.kubeconfig(directory), Map.of(), leftovers);
    }

    private List<Outcome> cancelled() {
        return broker.heard(StepExecuted.class).stream()
                .map(StepExecuted::outcome)
                .filter(Outcome.Cancelled.class::isInstance)
                .toList();
    }

    @Test
    void shouldSayThatItAcceptedItBeforeWhenAskedForWhatItHasDone() {
        a.requested(requests.step(attempt(1, 1))).join();
        await().until(() -> a.executions.count() == 0);
        int before = accepted().size();
        a.requested(requests.step(attempt(1, 1))).join();

        assertThat(a.action.runs()).isEqualTo(1);
        assertThat(accepted()).hasSize(before + 1).last().satisfies(said -> assertThat(said.message())
                .contains("accepted before"));
        assertThat(a.dropped("known-here")).isEqualTo(1);
    }

    @Test
    void shouldTellTheNumberWhenAskedForWhatItHasDoneAndSomethingNewerCameSince() {
        a.requested(requests.step(attempt(1, 1))).join();
        await().until(() -> a.executions.count() == 0);
        b.requested(requests.step(attempt(2, 2))).join();
        await().until(() -> b.executions.count() == 0);
        a.requested(requests.step(attempt(1, 1))).join();

        assertThat(a.action.runs()).isEqualTo(1);
        assertThat(broker.heard(StepExecuted.class)).hasSize(3).last().satisfies(said -> assertThat(
                        ((Outcome.Failed) said.outcome()).code())
                .isEqualTo("epoch-behind"));
    }

    @Test
    void shouldNotRunItAgainAndNotStaySilentWhenAskedForWhatItHasDoneAndItsLeaseIsGone() {
        a.requested(requests.step(attempt(1, 1))).join();
        await().until(() -> a.executions.count() == 0);
        cluster.client().resource(lease()).delete();
        int before = accepted().size();
        a.requested(requests.step(attempt(1, 1))).join();

        assertThat(a.action.runs()).isEqualTo(1);
        assertThat(accepted()).hasSize(before + 1);
        assertThat(lease().getSpec().getHolderIdentity()).isNull();
    }

    private List<StepProgressed> accepted() {
        return broker.heard(StepProgressed.class).stream()
                .filter(said -> said.phase() == StepProgressed.Phase.ACCEPTED)
                .toList();
    }

    @Test
    void shouldNotRunAndSayThatItIsBehindWhenTheRequestComesAfterItsCancellation() {
        a.cancelRequested(requests.cancel(attempt(1, 2))).join();
        b.requested(requests.step(attempt(1, 1))).join();

        assertThat(b.action.runs()).isZero();
        Outcome.Failed failed =
                (Outcome.Failed) broker.heard(StepExecuted.class).get(1).outcome();
        assertThat(failed.code()).isEqualTo("epoch-behind");
        assertThat(failed.retryable()).isTrue();
        assertThat(failed.details().path("epoch").asLong()).isEqualTo(2);
    }

    @Test
    void shouldGoOnTellingUntilTheBrokerIsBackWhenItWasAwayAtTheEnd() {
        CountDownLatch release = holdUp(a);
        a.requested(requests.step(attempt(1, 1))).join();
        broker.goAway();
        release.countDown();
        await().until(() -> a.action.runs() == 1);
        assertThat(broker.heard(StepExecuted.class)).isEmpty();
        broker.comeBack();

        assertThat(executed()).hasSize(1);
    }

    @Test
    void shouldNotBeginWhenThePlannerCannotBeTold() {
        broker.goAway();
        CompletableFuture<Void> acknowledged = a.requested(requests.step(attempt(1, 1)));
        await().until(() -> lease() != null);

        assertThat(acknowledged).isNotDone();
        assertThat(a.action.runs()).isZero();
        broker.comeBack();
        acknowledged.join();
        assertThat(executed()).hasSize(1);
    }

    @Test
    void shouldFailWithTimeoutWhenItTakesLongerThanItMay() {
        AtomicReference<String> end = new AtomicReference<>();
        a.action.does(context -> wait(context, end));
        a.requested(requests.step(attempt(1, 1))).join();
        a.clock.jump(Duration.ofMinutes(2));

        Outcome.Failed failed = (Outcome.Failed) executed().get(0).outcome();
        assertThat(failed.code()).isEqualTo("timeout");
        assertThat(failed.retryable()).isTrue();
    }

    @Test
    void shouldFailWithTheActionsOwnCodeWhenItSaysOne() {
        a.action.does(context -> {
            throw ActionException.permanent("selector-matches-nothing", "expected one, came none");
        });
        a.requested(requests.step(attempt(1, 1))).join();

        assertThat(executed().get(0).outcome())
                .isEqualTo(Outcome.Failed.of("selector-matches-nothing", "expected one, came none"));
    }

    @Test
    void shouldSayWhatItExpectedWhenAParameterIsUnknown() {
        a.requested(requests.step(
                        attempt(1, 1),
                        StepRequested.Mode.APPLY,
                        "scripted",
                        JsonNodeFactory.instance.objectNode().put("wrod", "x"),
                        limits(60)))
                .join();

        Outcome.Failed failed = (Outcome.Failed) executed().get(0).outcome();
        assertThat(failed.code()).isEqualTo("invalid-parameters");
        assertThat(failed.summary()).contains("word").contains("wrod");
    }

    @Test
    void shouldSayWhatItKnowsWhenTheActionIsUnknown() {
        a.requested(requests.step(
                        attempt(1, 1),
                        StepRequested.Mode.APPLY,
                        "conjure",
                        JsonNodeFactory.instance.objectNode(),
                        limits(60)))
                .join();

        Outcome.Failed failed = (Outcome.Failed) executed().get(0).outcome();
        assertThat(failed.code()).isEqualTo("unknown-action");
        assertThat(failed.summary()).contains("scripted").contains("conjure");
    }

    @Test
    void shouldTakeNoLeaseWhenItOnlyPreviews() {
        a.requested(requests.step(
                        attempt(1, 1),
                        StepRequested.Mode.PREVIEW,
                        "scripted",
                        JsonNodeFactory.instance.objectNode(),
                        limits(60)))
                .join();

        assertThat(executed().get(0).outcome()).isEqualTo(Outcome.Succeeded.of("would do"));
        assertThat(lease()).isNull();
    }

    @Test
    void shouldAcceptTheNextOnlyWhenThereIsAPlace() {
        TestExecutor small = executor("small", Map.of("concurrency", "1"));
        CountDownLatch release = holdUp(small);
        small.requested(requests.step(new AttemptId("plan-1", "one", 1, 1))).join();
        CompletableFuture<Void> second = small.requested(requests.step(new AttemptId("plan-1", "two", 1, 2)));
        await().during(Duration.ofMillis(300)).until(() -> !second.isDone());
        release.countDown();

        second.join();
        small.close();
    }

    @Test
    void shouldHandOverWhatDoesNotEndInTimeWhenItStops() {
        TestExecutor leaving = executor("leaving", Map.of("grace-period", "100ms"));
        AtomicReference<String> end = new AtomicReference<>();
        leaving.action.does(context -> {
            context.saveCursor("half");
            return wait(context, end);
        });
        leaving.requested(requests.step(attempt(1, 1))).join();
        await().until(() -> broker.heard(StepProgressed.class).stream().anyMatch(p -> "half".equals(p.cursor())));
        leaving.runner.stop();

        assertThat(end.get()).contains("stops");
        assertThat(lease().getSpec().getHolderIdentity()).isNull();
        assertThat(broker.heard(StepExecuted.class))
                .extracting(StepExecuted::outcome)
                .singleElement()
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("handed-over"));
        assertThatThrownBy(() -> leaving.requested(requests.step(attempt(2, 2))).join())
                .hasMessageContaining("stopping");
        leaving.close();
    }

    @Test
    void shouldFailRetryablyWhenTheClusterCannotBeReached() {
        TestExecutor lost = new TestExecutor("lost", broker, "east", directory.resolve("nowhere"), Map.of());
        lost.requested(requests.step(attempt(1, 1))).join();

        Outcome.Failed failed = (Outcome.Failed) executed().get(0).outcome();
        assertThat(failed.code()).isEqualTo("cluster-unreachable");
        assertThat(failed.retryable()).isTrue();
        assertThat(failed.summary()).contains("nowhere");
        lost.close();
    }

    @Test
    void shouldSayEveryLineOnceWhenTheBrokerWasAwayInBetween() {
        CountDownLatch release = new CountDownLatch(1);
        a.action.does(context -> {
            context.log("one");
            join(release);
            return Outcome.Succeeded.of("done");
        });
        broker.goAway();
        a.requested(requests.step(attempt(1, 1)));
        broker.comeBack();

        await().untilAsserted(() -> assertThat(
                        broker.heard(StepProgressed.class).stream().flatMap(p -> p.lines().stream()))
                .containsExactly("one"));
        release.countDown();
    }

    @Test
    void shouldSayASignOfLifeAgainSoonWhenTheBrokerDidNotTakeIt() {
        TestExecutor slow = executor("slow", Map.of("heartbeat-interval", "6s"));
        CountDownLatch release = holdUp(slow);
        slow.requested(requests.step(attempt(1, 1))).join();
        broker.goAway();
        await().until(() -> broker.refused() > 0);
        broker.comeBack();

        // The next beat is six seconds away, what is said again comes after one: enough between them for a slow
        // machine.
        await().atMost(Duration.ofSeconds(5)).until(() -> broker.heard(StepProgressed.class).stream()
                .anyMatch(p -> p.phase() == StepProgressed.Phase.EXECUTING));
        release.countDown();
        slow.close();
    }

    @Test
    void shouldSayNothingWhenTheTargetItselfRefusedTheWriteOfOneThatWasOvertaken() {
        CountDownLatch overtaken = new CountDownLatch(1);
        TestExecutor paused = executor("paused", Map.of("heartbeat-interval", "1h"));
        paused.action.does(context -> {
            join(overtaken);
            throw new KubernetesClientException("denied request: epoch 1 is below 2", 422, null);
        });
        paused.requested(requests.step(attempt(1, 1))).join();
        b.requested(requests.step(attempt(2, 2))).join();
        overtaken.countDown();
        await().until(() -> paused.executions.count() == 0);

        assertThat(executed()).extracting(StepExecuted::attempt).containsExactly(attempt(2, 2));
        paused.close();
    }

    @Test
    void shouldFailWhenTheTargetRefusedTheWriteOfOneThatStillOwnsTheInstallation() {
        a.action.does(context -> {
            throw new KubernetesClientException("denied request: no", 422, null);
        });
        a.requested(requests.step(attempt(1, 1))).join();

        assertThat(((Outcome.Failed) executed().get(0).outcome()).code()).isEqualTo("rejected-by-api-server");
    }

    private List<StepExecuted> executed() {
        return await().until(() -> broker.heard(StepExecuted.class), found -> !found.isEmpty());
    }

    private Lease lease() {
        return cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .withName("upstep-web")
                .get();
    }

    private static CountDownLatch holdUp(TestExecutor executor) {
        CountDownLatch release = new CountDownLatch(1);
        executor.action.does(context -> {
            join(release);
            return Outcome.Succeeded.of("done");
        });
        return release;
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new StoppedException("interrupted while held up");
        }
    }

    private static Outcome wait(StepContext context, AtomicReference<String> end) {
        return recording(end, () -> context.pause(LONG));
    }

    private static Outcome recording(AtomicReference<String> end, Runnable what) {
        try {
            what.run();
        } catch (StoppedException e) {
            end.set(e.getMessage());
            throw e;
        }
        return Outcome.Succeeded.of("went on to the end");
    }

    @Test
    void shouldTellAFailureWhenWhatCameOfItDoesNotFitIntoAMessage() {
        broker.neverTakes(
                data -> data instanceof StepExecuted executed && executed.outcome() instanceof Outcome.Succeeded);
        TestExecutor telling = executor("telling", Map.of());
        telling.action.does(context -> Outcome.Succeeded.of("done"));

        telling.requested(requests.step(attempt(1, 1))).join();

        await().until(() -> !broker.heard(StepExecuted.class).isEmpty());
        assertThat(broker.heard(StepExecuted.class).get(0).outcome())
                .isInstanceOfSatisfying(Outcome.Failed.class, failed -> assertThat(failed.code())
                        .isEqualTo("too-large-to-tell"));
        telling.close();
    }
}
