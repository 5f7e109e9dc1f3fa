package io.upstep.executor.run;

import static io.upstep.executor.run.Requests.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.upstep.event.Outcome;
import io.upstep.event.StepExecuted;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.helm.ChartSources;
import io.upstep.executor.action.helm.HelmLibrary;
import io.upstep.executor.action.helm.UpgradeAction;
import io.upstep.executor.action.kubernetes.ApplyAction;
import io.upstep.executor.action.kubernetes.DeleteAction;
import io.upstep.executor.action.kubernetes.PatchAction;
import io.upstep.executor.action.kubernetes.RunJobAction;
import io.upstep.executor.action.kubernetes.ScaleAction;
import io.upstep.simulator.Hold;
import io.upstep.simulator.RequestLog;
import io.upstep.simulator.SimulatedCluster;
import io.upstep.simulator.audit.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write that left an executor just before another attempt took over is refused by the API server itself. */
class LateWriteTest {
    @TempDir
    Path directory;

    private final FakeBroker broker = new FakeBroker();
    private TestCluster cluster;
    private SimulatedCluster simulated;
    private TestExecutor late;
    private TestExecutor other;

    /** Each way to write, and which request is on its way when the installation changes hands. */
    enum Way {
        CREATE("POST", "/configmaps", new ApplyAction(), manifest("fresh")),
        APPLY("PATCH", "/configmaps/settings", new ApplyAction(), manifest("settings")),
        UPDATE("PUT", "/deployments/web", new ScaleAction(), "{kind: Deployment, name: web, replicas: 3}"),
        PATCH(
                "PATCH",
                "/deployments/web",
                new PatchAction(),
                "{kind: Deployment, name: web, type: merge, patch: {spec: {replicas: 3}}}"),
        MARK("PATCH", "/configmaps/settings", new DeleteAction(), "{kind: ConfigMap, name: settings}"),
        DELETE("DELETE", "/configmaps/settings", new DeleteAction(), "{kind: ConfigMap, name: settings}"),
        JOB("POST", "/jobs", new RunJobAction(), "{name: migrate, image: 'shop/migrate:1.0'}"),
        JOB_RELEASE("PUT", "/jobs/migrate-1-1", new RunJobAction(), "{name: migrate, image: 'shop/migrate:1.0'}"),
        HELM("POST", "/configmaps", helm(), "{chart: {path: src/test/resources/charts/small}, install: true}"),
        HELM_RECORD("POST", "/secrets", helm(), "{chart: {path: src/test/resources/charts/small}, install: true}");

        private final String method;
        private final String path;
        private final Action<?> action;
        private final String with;

        Way(String method, String path, Action<?> action, String with) {
            this.method = method;
            this.path = path;
            this.action = action;
            this.with = with;
        }

        private static Action<?> helm() {
            return new UpgradeAction(new HelmLibrary(), new ChartSources());
        }

        private static String manifest(String name) {
            return "{manifests: [{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {by: late}}]}"
                    .formatted(name);
        }

        boolean is(RequestLog.Entry request) {
            return request.method().equals(method) && request.path().endsWith(path);
        }
    }

    @BeforeEach
    void start() {
        cluster = new TestCluster();
        Assumptions.assumeTrue(cluster.simulated().isPresent(), "needs a cluster that can hold requests up");
        simulated = cluster.simulated().orElseThrow();
        // No heartbeat tells the late one in time.
        late = executor("late");
        other = executor("other");
        cluster.deploy("web", "shop/web:1.0", 1);
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .build())
                .create();
    }

    private TestExecutor executor(String name) {
        return new TestExecutor(
                name, broker, cluster.configured(), cluster.kubeconfig(directory), Map.of("heartbeat-interval", "1h"));
    }

    @AfterEach
    void stop() {
        if (late != null) {
            late.close();
            other.close();
        }
        cluster.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeRefusedWhenAnotherAttemptTookOverOnItsWay(Way way) {
        Requests requests = Requests.in(cluster.namespace());
        late.does(context -> act(way.action, way.with, context));
        try (Hold hold = simulated.knobs().hold(way::is, 1)) {
            late.requested(requests.step(attempt(1, 1))).join();
            await().atMost(Duration.ofSeconds(20)).until(() -> hold.held() == 1);
            int before = accepted().size();
            // It takes the installation and touches none of the objects: only the API server can tell.
            other.requested(requests.step(attempt(2, 2))).join();
            await().until(() -> !broker.heard(StepExecuted.class).isEmpty());
            hold.release();
            await().atMost(Duration.ofSeconds(20)).until(() -> late.executions.count() == 0);

            assertThat(accepted()).hasSize(before);
        }
        assertThat(simulated.writes().violations()).isEmpty();
        assertThat(simulated.writes().matching(w -> !w.accepted() && w.marks().number() == 1))
                .as("refused by the policy, and not by chance")
                .anyMatch(w -> isFenced(way, w.refusal().orElse("")));
        assertThat(broker.heard(StepExecuted.class))
                .extracting(StepExecuted::attempt)
                .containsExactly(attempt(2, 2));
    }

    /** The Job's own controller may have been faster: then the version that was read refuses it before the policy does. */
    private static boolean isFenced(Way way, String refusal) {
        return refusal.contains("upstep-fencing")
                || way == Way.JOB_RELEASE && refusal.contains("jobs.batch") && refusal.contains("has been modified");
    }

    /** The late one's accepted writes to anything but leases. */
    private List<Write> accepted() {
        return simulated
                .writes()
                .matching(w ->
                        w.accepted() && w.marks().number() == 1 && w.lease().isEmpty());
    }

    private static <P> Outcome act(Action<P> action, String with, StepContext context) {
        try {
            return action.run(
                    Parameters.bind(action.name(), (ObjectNode) new YAMLMapper().readTree(with), action.parameters()),
                    context);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
