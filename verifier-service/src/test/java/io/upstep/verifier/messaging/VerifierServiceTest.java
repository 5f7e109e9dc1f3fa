package io.upstep.verifier.messaging;

import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.broker.RejectedException;
import io.upstep.event.CheckSpec;
import io.upstep.event.Ending;
import io.upstep.event.Event;
import io.upstep.event.FactSpec;
import io.upstep.event.Installation;
import io.upstep.event.InstallationObserved;
import io.upstep.event.ObservationRequested;
import io.upstep.event.PlanVerificationProgressed;
import io.upstep.event.StepCompleted;
import io.upstep.event.UpgradeCompleted;
import io.upstep.verifier.TestConfig;
import io.upstep.verifier.cluster.Clusters;
import io.upstep.verifier.cluster.MockCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VerifierServiceTest {
    private static final CheckSpec HELD = Requests.check("test.held", "{}", Duration.ofMinutes(1));

    private final HeldCheck held = new HeldCheck();
    private final RunningVerifier verifier =
            new RunningVerifier(List.of(held), "max-running", "1", "stop-grace", "60s");

    @AfterEach
    void close() {
        verifier.close();
    }

    @Test
    void shouldAnswerAnObservationWithEveryFactKnownOrUnknown() {
        verifier.cluster.put(Requests.MARK);
        verifier.send(new ObservationRequested(
                "plan-1",
                "observation-1",
                MockCluster.INSTALLATION,
                List.of(Requests.VERSION, new FactSpec("weather", "sky.look", null))));

        await().until(() -> !verifier.broker.said(InstallationObserved.class).isEmpty());
        InstallationObserved observed =
                verifier.broker.said(InstallationObserved.class).get(0);
        assertThat(observed.facts().keySet()).containsExactly("version", "weather");
        assertThat(observed.facts().get("version").value().asText()).isEqualTo("1.20.0");
        assertThat(observed.facts().get("weather").unknown()).contains("came 'sky.look'");
    }

    @Test
    void shouldRejectAQuestionAboutAClusterItDoesNotServe() {
        ObservationRequested elsewhere =
                new ObservationRequested("plan-1", "o", new Installation("west", "n", "r"), List.of());

        assertThatThrownBy(() -> verifier.broker.send(Event.of("/test", Instant.now(), elsewhere), MockCluster.NAME))
                .isInstanceOf(RejectedException.class)
                .hasMessage("expected one of the clusters [east], came 'west'");
    }

    @Test
    void shouldLetAMessageWaitUntilThereIsRoomWhenItHasEnoughToDo() {
        CompletableFuture<Void> first = verifier.send(Requests.succeeded(HELD)).toCompletableFuture();
        CompletableFuture<Void> second =
                verifier.send(Requests.ended(Ending.FAILED, "x")).toCompletableFuture();
        CompletableFuture<Void> repeated =
                verifier.send(Requests.ended(Ending.FAILED, "x")).toCompletableFuture();

        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(repeated).isNotDone();
        assertThat(verifier.desk.running()).isEqualTo(1);
        held.letGo();

        await().until(() -> second.isDone() && repeated.isDone());
        await().until(() -> verifier.broker.said(UpgradeCompleted.class).size() == 1);
        assertThat(second).isCompleted();
        assertThat(repeated).isCompleted();
    }

    @Test
    void shouldLeaveWhatWaitsToOthersWhenItStops() {
        verifier.send(Requests.succeeded(HELD));
        CompletableFuture<Void> waiting =
                verifier.send(Requests.ended(Ending.FAILED, "x")).toCompletableFuture();

        verifier.desk.turnAway();

        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void shouldSayWhatAnotherVerifierSaysAsTheSameEventWhenBothAreAskedTheSame() {
        try (RunningVerifier other = new RunningVerifier(List.of())) {
            for (RunningVerifier one : List.of(verifier, other)) {
                one.send(Requests.succeeded());
                await().until(() -> one.broker.said(StepCompleted.class).size() == 1);
                one.send(Requests.ended(Ending.FAILED, "x"));
                await().until(() -> one.broker.said(UpgradeCompleted.class).size() == 1);
            }

            assertThat(known(verifier)).isEqualTo(known(other)).doesNotHaveDuplicates();
            assertThat(known(verifier)).allMatch(event -> event.startsWith("/upstep/verifier "));
            assertThat(verifier.broker.said(UpgradeCompleted.class).get(0).verifier())
                    .isNotEqualTo(
                            other.broker.said(UpgradeCompleted.class).get(0).verifier());
        }
    }

    private static List<String> known(RunningVerifier verifier) {
        return verifier.broker.published().stream()
                .filter(event -> !(event.data() instanceof PlanVerificationProgressed))
                .map(event -> event.source() + " " + event.id())
                .toList();
    }

    @Test
    void shouldPublishAnAnswerUntilTheBrokerHasIt() {
        verifier.broker.failNext(3);
        verifier.send(Requests.succeeded());

        await().until(() -> verifier.broker.said(StepCompleted.class).size() == 1);
    }

    @Test
    void shouldHearNothingMoreButFinishWhatRunsWhenItStops() {
        verifier.send(Requests.succeeded(HELD));
        await().until(() -> held.looks() > 0);
        held.letGo();

        verifier.service.stop(null);

        assertThat(verifier.broker.subscriptions()).isZero();
        assertThat(verifier.desk.isOpen()).isFalse();
        assertThat(verifier.broker.said(StepCompleted.class)).hasSize(1);
    }

    @Test
    void shouldStopInTimeWhenSomethingDoesNotFinish() {
        try (RunningVerifier hasty = new RunningVerifier(List.of(held), "stop-grace", "100ms")) {
            hasty.send(Requests.succeeded(HELD));

            hasty.service.stop(null);

            assertThat(hasty.desk.running()).isEqualTo(1);
            assertThat(new VerifierReadiness(hasty.desk, hasty.cluster.clusters()).call())
                    .satisfies(health -> assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN))
                    .satisfies(
                            health -> assertThat(health.getData().orElseThrow()).containsEntry("problem", "stopping"));
        }
    }

    @Test
    void shouldNotBeReadyWhenItServesNoCluster() {
        Clusters none = new Clusters(TestConfig.with("", Path.of("/nowhere/kubeconfig")));

        HealthCheckResponse health = new VerifierReadiness(verifier.desk, none).call();

        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(health.getData().orElseThrow()).containsEntry("problem", "no cluster in upstep.clusters");
        assertThat(new VerifierReadiness(verifier.desk, verifier.cluster.clusters())
                        .call()
                        .getStatus())
                .isEqualTo(HealthCheckResponse.Status.UP);
    }
}
