package io.upstep.verifier;

import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.health.SmallRyeHealthReporter;
import io.upstep.broker.EventBroker;
import io.upstep.broker.Subscription;
import io.upstep.event.Event;
import io.upstep.event.EventType;
import io.upstep.event.FactSpec;
import io.upstep.event.Installation;
import io.upstep.event.InstallationObserved;
import io.upstep.event.ObservationRequested;
import io.upstep.event.WorkerSeen;
import io.upstep.verifier.check.Checks;
import io.upstep.verifier.check.Probes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The verifier as it is built and started, on the embedded broker, for a cluster that cannot be reached. */
@QuarkusTest
@TestProfile(VerifierApplicationTest.OneCluster.class)
public class VerifierApplicationTest {
    @Inject
    EventBroker broker;

    @Inject
    Checks checks;

    @Inject
    Probes probes;

    @Inject
    SmallRyeHealthReporter health;

    @Test
    void shouldFindItsChecksAndProbesWhenTheyAreBeans() {
        assertThat(checks.names()).contains("http.json", "kubernetes.rollout-complete", "postgres.restore-point");
        assertThat(probes.names()).contains("helm.values", "kubernetes.data-survival", "postgres.query");
    }

    @Test
    void shouldSayThatItIsHereAndWhyAClusterCannotBeReached() {
        List<WorkerSeen> heard = new CopyOnWriteArrayList<>();
        Subscription subscription =
                broker.subscribe(WorkerSeen.class, null, EventType.Role.PLANNER.group(), 1, event -> {
                    heard.add(event.data());
                    return CompletableFuture.completedFuture(null);
                });

        await().until(() -> !heard.isEmpty());
        subscription.close();
        WorkerSeen seen = heard.get(0);
        assertThat(seen.role()).isEqualTo(EventType.Role.VERIFIER);
        assertThat(seen.capabilities()).contains("kubernetes.rollout-complete", "kubernetes.volume-kind");
        assertThat(seen.clusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.name()).isEqualTo("east");
            assertThat(cluster.problem()).contains("there is none (yet)");
        });
    }

    @Test
    void shouldAnswerOverTheBrokerThoughTheClusterCannotBeReached() {
        List<InstallationObserved> heard = new CopyOnWriteArrayList<>();
        Subscription subscription =
                broker.subscribe(InstallationObserved.class, null, EventType.Role.PLANNER.group(), 1, event -> {
                    heard.add(event.data());
                    return CompletableFuture.completedFuture(null);
                });
        broker.publish(Event.of(
                "/upstep/test",
                Instant.now(),
                new ObservationRequested(
                        "plan-1",
                        "observation-1",
                        new Installation("east", "polyaxon", "polyaxon"),
                        List.of(new FactSpec("server", "kubernetes.server-version", null)))));

        await().until(() -> !heard.isEmpty());
        subscription.close();
        assertThat(heard.get(0).facts().get("server").unknown()).contains("expected a kubeconfig file");
    }

    @Test
    void shouldBeReadyWhenItAcceptsRequests() {
        assertThat(health.getReadiness().getPayload().toString())
                .contains("{\"name\":\"verifier\",\"status\":\"UP\"")
                .contains("{\"name\":\"broker\",\"status\":\"UP\"");
    }

    public static final class OneCluster implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "upstep.clusters", "east",
                    "upstep.kubeconfig", "/nowhere/kubeconfig",
                    "upstep.verifier.observation-patience", "300ms",
                    "upstep.verifier.presence-interval", "200ms");
        }
    }
}
