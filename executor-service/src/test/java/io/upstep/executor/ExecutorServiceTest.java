package io.upstep.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.SmallRyeHealthReporter;
import io.upstep.broker.EventBroker;
import io.upstep.broker.Subscription;
import io.upstep.event.AttemptId;
import io.upstep.event.Event;
import io.upstep.event.EventData;
import io.upstep.event.Installation;
import io.upstep.event.Outcome;
import io.upstep.event.StepCancelRequested;
import io.upstep.event.StepExecuted;
import io.upstep.event.StepProgressed;
import io.upstep.event.StepRequested;
import io.upstep.event.TimeLimits;
import io.upstep.event.WorkerSeen;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service, as its container puts it together, between a broker and a cluster. */
@QuarkusTest
@QuarkusTestResource(TestClusterResource.class)
class ExecutorServiceTest {
    @Inject
    EventBroker broker;

    @Inject
    SmallRyeHealthReporter health;

    @ConfigProperty(name = "test.namespace")
    String namespace;

    private final List<EventData> heard = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    @BeforeEach
    void listen() {
        listen(StepExecuted.class, "east", "verifier");
        listen(StepProgressed.class, null, "planner");
        listen(WorkerSeen.class, null, "planner");
    }

    private <T extends EventData> void listen(Class<T> type, String cluster, String group) {
        subscriptions.add(broker.subscribe(type, cluster, group, 1, event -> {
            heard.add(event.data());
            return CompletableFuture.completedFuture(null);
        }));
    }

    @AfterEach
    void leave() {
        subscriptions.forEach(Subscription::close);
    }

    @Test
    void shouldCarryAStepOutWhenItIsRequested() {
        String plan = UUID.randomUUID().toString();
        ObjectNode with = JsonNodeFactory.instance.objectNode();
        with.putArray("manifests")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "ConfigMap")
                .putObject("metadata")
                .put("name", "made");
        request(plan, "kubernetes.apply", with);

        StepExecuted executed = await().until(() -> only(StepExecuted.class, plan), found -> found != null);
        assertThat(executed.outcome().summary()).isEqualTo("applied: ConfigMap made");
        assertThat(executed.outcome()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(only(StepProgressed.class, plan).phase()).isEqualTo(StepProgressed.Phase.ACCEPTED);
    }

    @Test
    void shouldStopAStepWhenItsCancellationIsRequested() {
        String plan = UUID.randomUUID().toString();
        request(plan, "noop", JsonNodeFactory.instance.objectNode().put("duration", "1h"));
        await().until(() -> only(StepProgressed.class, plan) != null);
        publish(new StepCancelRequested(
                new AttemptId(plan, "step-1", 1, 2), installation(plan), "enough", null, null, false));

        StepExecuted executed = await().until(() -> only(StepExecuted.class, plan), found -> found != null);
        assertThat(executed.outcome()).isEqualTo(new Outcome.Cancelled("cancelled: enough"));
        assertThat(executed.attempt().epoch()).isEqualTo(2);
    }

    @Test
    void shouldTellWhatItCanDoAndWhatItReachesWhenItIsThere() {
        WorkerSeen seen = await().until(
                        () -> heard.stream()
                                .filter(WorkerSeen.class::isInstance)
                                .map(WorkerSeen.class::cast)
                                .filter(w -> w.clusters().get(0).kubernetes() != null)
                                .findFirst()
                                .orElse(null),
                        found -> found != null);

        // All of them are in docs/reference/actions.md, which another test compares.
        assertThat(seen.capabilities()).isSorted().contains("helm.upgrade", "kubernetes.apply", "noop");
        assertThat(seen.clusters().get(1).problem()).contains("not-in-the-file").contains("east");
    }

    @Test
    void shouldBeReadyWhenOneOfItsClustersIsAway() {
        assertThat(health.getReadiness().isDown()).isFalse();
    }

    private void request(String plan, String action, ObjectNode with) {
        publish(new StepRequested(
                new AttemptId(plan, "step-1", 1, 1),
                installation(plan),
                StepRequested.Mode.APPLY,
                action,
                with,
                List.of(),
                new TimeLimits(
                        Duration.ofHours(1), Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofHours(2)),
                null,
                1,
                null,
                null,
                null));
    }

    // A release of its own per plan, because epochs count per installation.
    private Installation installation(String plan) {
        return new Installation("east", namespace, "r-" + plan.substring(0, 8));
    }

    private void publish(EventData data) {
        broker.publish(Event.of("/test", Instant.now(), data))
                .toCompletableFuture()
                .join();
    }

    private <T extends EventData> T only(Class<T> type, String plan) {
        return heard.stream()
                .filter(type::isInstance)
                .filter(data -> data.subject().equals(plan))
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }
}
