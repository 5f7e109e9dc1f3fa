package io.upstep.executor.run;

import static io.upstep.executor.run.Requests.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.upstep.event.AttemptId;
import io.upstep.event.Event;
import io.upstep.event.Outcome;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepRequested;
import io.upstep.event.TimeLimits;
import io.upstep.executor.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Upsteps never work on one installation at once, not even in turns: until a plan is over, it keeps it. */
class TwoUpstepsTest {
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
        a = new TestExecutor("a", broker, cluster.configured(), cluster.kubeconfig(directory), Map.of());
        b = new TestExecutor("b", broker, cluster.configured(), cluster.kubeconfig(directory), Map.of());
        outcome(a, requests.stepOf("ours", "plan-1", 1, null));
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        cluster.close();
    }

    @Test
    void shouldRefuseAndNameThePlanWhenAnothersIsBetweenTwoSteps() {
        Outcome.Failed failed = (Outcome.Failed) outcome(b, requests.stepOf("theirs", "plan-2", 5, null));

        assertThat(failed.code()).isEqualTo("lease-held");
        assertThat(failed.retryable()).isFalse();
        assertThat(failed.summary())
                .contains("plan plan-1", "ours", "since 20", "upstep-web", "submit with adopts: plan-1");
        assertThat(b.action.runs()).isZero();
        assertThat(annotation("upstep.io/planner")).isEqualTo("ours");
    }

    @Test
    void shouldTakeItFromExactlyThePlanThatIsNamedWhenItAdopts() {
        assertThat(outcome(b, requests.stepOf("theirs", "plan-2", 5, "plan-7"))).isInstanceOf(Outcome.Failed.class);
        assertThat(outcome(b, requests.stepOf("theirs", "plan-2", 6, "plan-1"))).isInstanceOf(Outcome.Succeeded.class);

        Outcome.Failed failed = (Outcome.Failed) outcome(a, requests.stepOf("ours", "plan-1", 9, null));
        assertThat(failed.summary()).contains("plan plan-2");
        assertThat(annotation("upstep.io/planner")).isEqualTo("theirs");
    }

    @Test
    void shouldNotLetAPlanGoOnWhereItWasWhenItWasAdoptedAndItsAdopterIsOver() {
        outcome(b, requests.stepOf("theirs", "plan-2", 5, "plan-1"));
        b.releaseRequested(requests.release("theirs", "plan-2", 5)).join();

        Outcome.Failed failed = (Outcome.Failed) outcome(a, requests.stepOf("ours", "plan-1", 9, null));
        assertThat(failed.code()).isEqualTo("adopted");
        assertThat(failed.retryable()).isFalse();
        assertThat(failed.summary()).contains("plan-1", "plan-2", "submit a new plan");
        assertThat(annotation("upstep.io/epoch")).isEqualTo("5");
        assertThat(outcome(a, requests.stepOf("ours", "plan-3", 10, null))).isInstanceOf(Outcome.Succeeded.class);
        assertThat(annotation("upstep.io/adopted")).isEqualTo("plan-1 plan-2");
    }

    @Test
    void shouldTellTheNumberToGoOnAboveWhenAnAdoptingUpstepIsBehind() {
        outcome(a, requests.stepOf("ours", "plan-1", 8, null));
        Outcome.Failed failed = (Outcome.Failed) outcome(b, requests.stepOf("theirs", "plan-2", 5, "plan-1"));

        assertThat(failed.code()).isEqualTo("epoch-behind");
        assertThat(failed.details().path("epoch").asLong()).isEqualTo(8);
    }

    @Test
    void shouldLetTheHigherNumberInWhenBothPlansAreOfOneUpstep() {
        assertThat(outcome(b, requests.stepOf("ours", "plan-2", 5, null))).isInstanceOf(Outcome.Succeeded.class);
        assertThat(outcome(b, requests.stepOf(null, "plan-3", 6, null))).isInstanceOf(Outcome.Succeeded.class);
        assertThat(annotation("upstep.io/planner")).isEqualTo("ours");
    }

    @Test
    void shouldBeFreeForAnyOtherWhenThePlanIsOver() {
        b.releaseRequested(requests.release("ours", "plan-1", 1)).join();
        assertThat(annotation("upstep.io/ended")).isEqualTo("true");

        assertThat(outcome(b, requests.stepOf("theirs", "plan-2", 5, null))).isInstanceOf(Outcome.Succeeded.class);
        assertThat(annotation("upstep.io/ended")).isNull();
        assertThat(annotation("upstep.io/planner")).isEqualTo("theirs");
        // The executor that left the lease behind must not go by what it remembers.
        assertThat(outcome(a, requests.stepOf("ours", "plan-3", 7, null))).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void shouldAskTheClusterAgainWhenWhatItRemembersWouldKeepOut() {
        b.releaseRequested(requests.release("ours", "plan-1", 1)).join();

        assertThat(outcome(a, requests.stepOf("theirs", "plan-2", 5, null))).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void shouldChangeNothingWhenTheLeaseIsNoLongerThatPlans() {
        b.releaseRequested(requests.release("ours", "plan-2", 9)).join();
        b.releaseRequested(requests.release("theirs", "plan-1", 9)).join();
        outcome(a, requests.stepOf("ours", "plan-1", 3, null));
        b.releaseRequested(requests.release("ours", "plan-1", 2)).join();

        assertThat(annotation("upstep.io/ended")).isNull();
    }

    @Test
    void shouldAskForAnotherDeliveryButNotForEverWhenTheClusterIsAway() {
        TestExecutor lost = new TestExecutor("lost", broker, "east", directory.resolve("nowhere"), Map.of());
        assertThatThrownBy(() -> lost.releaseRequested(requests.release("ours", "plan-1", 1))
                        .join())
                .hasMessageContaining("nowhere");

        var late = Event.of(
                "/test", lost.clock.instant().minus(LeaseReleaser.PATIENCE), requests.release("ours", "plan-1", 1));
        lost.releaser.releaseRequested(late).toCompletableFuture().join();
        lost.close();
    }

    @Test
    void shouldFreeTheInstallationBeforeItSaysSoWhenTheCancellationIsTheLastOfItsPlan() {
        AttemptId cancelled = new AttemptId("plan-1", "step-1", 1, 2);
        List<String> free = new CopyOnWriteArrayList<>();
        broker.onPublish(StepExecuted.class, said -> free.add(annotation("upstep.io/ended")));
        b.cancelRequested(requests.lastCancel("ours", cancelled)).join();
        // Delivered once more, as after a crash in between.
        a.cancelRequested(requests.lastCancel("ours", cancelled)).join();

        assertThat(broker.heard(StepExecuted.class))
                .filteredOn(e -> e.attempt().equals(cancelled))
                .hasSize(2)
                .allMatch(e -> e.outcome() instanceof Outcome.Cancelled);
        assertThat(free).containsExactly("true", "true");
        assertThat(outcome(b, requests.stepOf("theirs", "plan-2", 5, null))).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void shouldTakeItFromTheAdoptedPlanAndLetNoLateRequestInWhenTheAdopterIsCancelledFirst() {
        b.cancelRequested(requests.lastCancelThatAdopts("theirs", new AttemptId("plan-2", "step-1", 1, 6), "plan-1"))
                .join();
        assertThat(annotation("upstep.io/plan")).isEqualTo("plan-2");
        assertThat(annotation("upstep.io/ended")).isEqualTo("true");

        Outcome.Failed late = (Outcome.Failed) outcome(b, requests.stepOf("theirs", "plan-2", 5, "plan-1"));
        assertThat(late.code()).isEqualTo("epoch-behind");
        assertThat(b.action.runs()).isZero();
    }

    @Test
    void shouldNotLetAPlanGoOnWhenItWasOverAndAnothersHasHadTheInstallationSince() {
        b.releaseRequested(requests.release("ours", "plan-1", 1)).join();
        outcome(b, requests.stepOf("theirs", "plan-2", 5, null));
        b.releaseRequested(requests.release("theirs", "plan-2", 5)).join();

        Outcome.Failed failed = (Outcome.Failed) outcome(a, requests.stepOf("ours", "plan-1", 9, null));
        assertThat(failed.code()).isEqualTo("adopted");
        assertThat(failed.retryable()).isFalse();
        assertThat(failed.summary()).contains("another Upstep's plan has had it since", "plan-2", "submit a new plan");
        assertThat(annotation("upstep.io/epoch")).isEqualTo("5");
        assertThat(outcome(a, requests.stepOf("ours", "plan-3", 10, null))).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void shouldLetAPlanGoOnWhenItWasOverAndOnlyItsOwnUpstepsHaveHadTheInstallationSince() {
        b.releaseRequested(requests.release("ours", "plan-1", 1)).join();
        outcome(b, requests.stepOf("ours", "plan-2", 5, null));
        b.releaseRequested(requests.release("ours", "plan-2", 5)).join();

        assertThat(outcome(a, requests.stepOf("ours", "plan-1", 9, null))).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void shouldLeaveAnothersInstallationAloneAndSaySoWhenCancelled() {
        outcome(b, requests.stepOf("theirs", "plan-2", 5, "plan-1"));
        b.cancelRequested(requests.lastCancel("ours", new AttemptId("plan-1", "step-1", 1, 9)))
                .join();

        List<StepExecuted> said = broker.heard(StepExecuted.class);
        assertThat(said.get(said.size() - 1).outcome().summary()).contains("belongs to plan plan-2");
        assertThat(annotation("upstep.io/epoch")).isEqualTo("5");
    }

    @Test
    void shouldNotBeginWhenItIsTooLate() {
        b.requested(requests.stepUntil(Requests.attempt(2, 2), b.clock.instant().minusMillis(1), limits(60)))
                .join();

        assertThat(b.action.runs()).isZero();
        assertThat(b.dropped("expired")).isEqualTo(1);
        assertThat(annotation("upstep.io/epoch")).isEqualTo("1");
    }

    @Test
    void shouldNotBeginWhenItGotTooLateWhileTheClusterWasAway() {
        TestExecutor lost = new TestExecutor("lost", broker, "east", directory.resolve("nowhere"), Map.of());
        int before = broker.heard(StepExecuted.class).size();
        lost.requested(requests.stepUntil(
                        Requests.attempt(2, 2), lost.clock.instant().plusMillis(500), patient()))
                .join();

        assertThat(lost.dropped("expired")).isEqualTo(1);
        assertThat(broker.heard(StepExecuted.class)).hasSize(before);
        lost.close();
    }

    @Test
    void shouldNotBeginWhenItGotTooLateWhileTheBrokerWasAway() {
        broker.goAway();
        var acknowledged = b.requested(
                requests.stepUntil(Requests.attempt(2, 2), b.clock.instant().plus(Duration.ofMinutes(1)), limits(600)));
        await().until(() -> "2".equals(annotation("upstep.io/epoch")));
        b.clock.jump(Duration.ofMinutes(2));
        broker.comeBack();
        acknowledged.join();

        assertThat(b.action.runs()).isZero();
        assertThat(b.dropped("expired")).isEqualTo(1);
    }

    private static TimeLimits patient() {
        return new TimeLimits(
                Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(30), Duration.ofMinutes(1));
    }

    private Outcome outcome(TestExecutor executor, StepRequested request) {
        executor.requested(request).join();
        await().until(() -> executor.executions.count() == 0);
        return broker.heard(StepExecuted.class).stream()
                .filter(e -> e.attempt().equals(request.attempt()))
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private String annotation(String key) {
        Lease lease = cluster.client()
                .leases()
                .inNamespace(cluster.namespace())
                .withName("upstep-web")
                .get();
        return lease.getMetadata().getAnnotations().get(key);
    }
}
