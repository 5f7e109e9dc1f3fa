package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.upstep.simulator.controller.Behaviour;
import io.upstep.simulator.controller.Characters;
import io.upstep.simulator.controller.Lie;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KnobsTest {
    private static final String NAMESPACE = "apps";

    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = cluster.client();

    @BeforeEach
    void runWeb() {
        client.namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        client.resource(Workloads.deployment(NAMESPACE, "web", 2)).create();
        soon().until(() -> isRolledOut());
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldRestartAgainAndAgainWhenTheTagSaysCrashloop() {
        setImage("registry.example/web:2.0.0-crashloop");

        soon().untilAsserted(() -> assertThat(containers("registry.example/web:2.0.0-crashloop"))
                .anySatisfy(c -> {
                    assertThat(waitingReason(c)).isEqualTo("CrashLoopBackOff");
                    assertThat(c.getRestartCount()).isGreaterThan(1);
                }));
        assertThat(web().get().getStatus().getAvailableReplicas()).isEqualTo(2);
    }

    @Test
    void shouldRunButNotBecomeReadyWhenTheTagSaysNeverReady() {
        setImage("registry.example/web:2.0.0-never-ready");

        soon().untilAsserted(() -> assertThat(containers("registry.example/web:2.0.0-never-ready"))
                .anySatisfy(c -> {
                    assertThat(c.getState().getRunning()).isNotNull();
                    assertThat(c.getReady()).isFalse();
                }));
        assertThat(isRolledOut()).isFalse();
    }

    @Test
    void shouldNotPullTheImageWhenTheTagSaysBroken() {
        setImage("registry.example/web:2.0.0-broken");

        soon().untilAsserted(() -> assertThat(containers("registry.example/web:2.0.0-broken"))
                .anySatisfy(c -> assertThat(waitingReason(c)).isEqualTo("ImagePullBackOff")));
    }

    @Test
    void shouldBecomeReadyAfterAllWhenTheImageIsMadeGood() {
        String image = "registry.example/web:2.0.0";
        cluster.knobs().image(image, Behaviour.NEVER_READY);
        setImage(image);
        soon().until(() -> !containers(image).isEmpty());

        cluster.knobs().image(image, Behaviour.GOOD);

        soon().until(() -> isRolledOut());
    }

    @Test
    void shouldSayThatTheDeadlineHasPassedWhenARolloutDoesNotMove() {
        retried(() -> web().edit(d -> {
            d.getSpec().setProgressDeadlineSeconds(1);
            return d;
        }));
        setImage("registry.example/web:2.0.0-never-ready");

        soon().untilAsserted(() -> assertThat(web().get().getStatus().getConditions())
                .anySatisfy(c -> assertThat(c.getReason()).isEqualTo("ProgressDeadlineExceeded")));
    }

    @Test
    void shouldKeepTheOldGenerationInItsStatusWhenItLies() {
        cluster.knobs().lie(NAMESPACE, "web", Lie.STALE_STATUS);
        setImage(Workloads.NEXT_IMAGE);

        soon().until(() -> containers(Workloads.IMAGE).isEmpty());
        assertThat(web().get().getStatus().getObservedGeneration()).isEqualTo(1);

        cluster.knobs().honest(NAMESPACE, "web");
        soon().until(() -> isRolledOut());
    }

    @Test
    void shouldKeepAnOldPodAndDenyItWhenItLies() {
        cluster.knobs().lie(NAMESPACE, "web", Lie.KEEPS_OLD_POD);
        setImage(Workloads.NEXT_IMAGE);

        soon().until(() -> isRolledOut());

        assertThat(containers(Workloads.NEXT_IMAGE)).hasSize(2);
        // The other old pod may still be stopping.
        soon().untilAsserted(() -> assertThat(containers(Workloads.IMAGE)).hasSize(1));
    }

    @Test
    void shouldLieAndMisbehaveWhenAnAnnotationSaysSo() {
        retried(() -> web().edit(d -> {
            d.getMetadata().setAnnotations(Map.of(Characters.LIE, "keeps-old-pod"));
            d.getSpec().getTemplate().getMetadata().setAnnotations(Map.of(Characters.BEHAVIOUR, "slow"));
            d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(Workloads.NEXT_IMAGE);
            return d;
        }));

        soon().until(() -> isRolledOut());

        // The other old pod may still be stopping.
        soon().untilAsserted(() -> assertThat(containers(Workloads.IMAGE)).hasSize(1));
    }

    @Test
    void shouldFailTheJobWhenItsPodsFailTooOften() {
        cluster.load("""
                apiVersion: batch/v1
                kind: Job
                metadata: { name: migrate, namespace: apps }
                spec:
                  backoffLimit: 1
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [ { name: main, image: "registry.example/migrate:1-fails" } ]
                """);

        var job = client.batch().v1().jobs().inNamespace(NAMESPACE).withName("migrate");
        soon().untilAsserted(
                        () -> assertThat(job.get().getStatus().getConditions()).anySatisfy(c -> {
                            assertThat(c.getType()).isEqualTo("Failed");
                            assertThat(c.getReason()).isEqualTo("BackoffLimitExceeded");
                        }));
        assertThat(job.get().getStatus().getFailed()).isEqualTo(2);
    }

    @Test
    void shouldSayReadyBeforeItIsWhenItLies() {
        String image = "registry.example/web:2.0.0-never-ready";
        cluster.knobs().lie(NAMESPACE, "web", Lie.READY_TOO_SOON);
        setImage(image);

        soon().until(() -> isRolledOut());

        assertThat(containers(image)).noneSatisfy(c -> assertThat(c.getReady()).isTrue());
    }

    @Test
    void shouldConflictAsOftenAsAskedFor() {
        cluster.knobs().conflictOnNextWrites(1);

        Deployment current = web().get();
        current.getMetadata().getLabels().put("tier", "front");
        assertThatThrownBy(() -> client.resource(current).update())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(409));
        assertThat(client.resource(current).update().getMetadata().getLabels()).containsKey("tier");
    }

    @Test
    void shouldRefuseConnectionsAndComeBackOnTheSamePort() throws Exception {
        try (KubernetesClient impatient = impatient()) {
            try (AutoCloseable outage = cluster.knobs().outage(Outage.REFUSES)) {
                assertThatThrownBy(() -> impatient.namespaces().list()).isInstanceOf(KubernetesClientException.class);
            }
            soon().untilAsserted(() ->
                    assertThat(impatient.namespaces().list().getItems()).isNotEmpty());
        }
    }

    @Test
    void shouldAnswer503WhenUnavailableAndNothingWhenItHangs() throws Exception {
        try (KubernetesClient impatient = impatient()) {
            try (AutoCloseable outage = cluster.knobs().outage(Outage.UNAVAILABLE)) {
                assertThatThrownBy(() -> impatient.namespaces().list())
                        .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                                .isEqualTo(503));
            }
            try (AutoCloseable outage = cluster.knobs().outage(Outage.HANGS)) {
                assertThatThrownBy(() -> impatient.namespaces().list()).isInstanceOf(KubernetesClientException.class);
            }
        }
    }

    @Test
    void shouldComeBackByItselfWhenTheOutageHasALength() {
        cluster.knobs().outage(Outage.UNAVAILABLE, Duration.ofMillis(100));

        soon().ignoreExceptions()
                .until(() -> !client.namespaces().list().getItems().isEmpty());
    }

    @Test
    void shouldTakeLongerWhenThereIsLatency() {
        cluster.knobs().latency(Duration.ofMillis(150));
        long start = System.nanoTime();

        client.namespaces().list();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    }

    @Test
    void shouldRecordWhoAskedWhat() {
        cluster.requests().clear();

        web().get();

        assertThat(cluster.requests().all()).singleElement().satisfies(r -> {
            assertThat(r.method()).isEqualTo("GET");
            assertThat(r.path()).isEqualTo("/apis/apps/v1/namespaces/apps/deployments/web");
            assertThat(r.userAgent()).contains("fabric8");
            assertThat(r.isWrite()).isFalse();
        });
    }

    @Test
    void shouldAnswerThroughTheServiceProxyWhenAPodIsReady() {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("web")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewSpec()
                        .addToSelector("app", "web")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        cluster.knobs().serve(NAMESPACE, "web", "/api/version", 200, "application/json", "{\"version\":\"1.0\"}");
        String proxy = "/api/v1/namespaces/apps/services/web:80/proxy";

        assertThat(client.raw(proxy + "/healthz/")).isEqualTo("ok");
        assertThat(client.raw(proxy + "/api/version")).isEqualTo("{\"version\":\"1.0\"}");

        web().scale(0);
        try (KubernetesClient impatient = impatient()) {
            soon().untilAsserted(() -> assertThatThrownBy(() -> impatient.raw(proxy + "/healthz/"))
                    .hasMessageContaining("no endpoints available for service"));
        }
    }

    private KubernetesClient impatient() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.fromKubeconfig(cluster.kubeconfig()))
                        .withRequestTimeout(500)
                        .withConnectionTimeout(500)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    private static void retried(ThrowingRunnable edit) {
        soon().ignoreExceptionsInstanceOf(KubernetesClientException.class).untilAsserted(edit);
    }

    private RollableScalableResource<Deployment> web() {
        return client.apps().deployments().inNamespace(NAMESPACE).withName("web");
    }

    private void setImage(String image) {
        retried(() -> web().edit(d -> {
            d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(image);
            return d;
        }));
    }

    private boolean isRolledOut() {
        Deployment d = web().get();
        Integer wanted = d.getSpec().getReplicas();
        return d.getStatus() != null
                && d.getMetadata().getGeneration().equals(d.getStatus().getObservedGeneration())
                && wanted.equals(d.getStatus().getUpdatedReplicas())
                && wanted.equals(d.getStatus().getReplicas())
                && wanted.equals(d.getStatus().getAvailableReplicas());
    }

    private static String waitingReason(ContainerStatus container) {
        return Optional.ofNullable(container.getState().getWaiting())
                .map(ContainerStateWaiting::getReason)
                .orElse("");
    }

    private List<ContainerStatus> containers(String image) {
        return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .map(Pod::getStatus)
                .filter(s -> s.getContainerStatuses() != null)
                .flatMap(s -> s.getContainerStatuses().stream())
                .filter(c -> c.getImage().equals(image))
                .toList();
    }
}
