package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest {
    private static final String NAMESPACE = "apps";

    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = cluster.client();
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @BeforeEach
    void prepare() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldCompleteTheJobWhenItsWorkIsDone() throws InterruptedException {
        CountDownLatch mayEnd = new CountDownLatch(1);
        cluster.knobs().onRun("example/migrate", pod -> {
            ran.add(pod.getMetadata().getName());
            mayEnd.await();
        });
        client.resource(job("example/migrate:1.0", 0)).create();

        soon().until(() -> ran.size() == 1);
        cluster.settle();
        assertThat(job().getSucceeded()).isNull();
        mayEnd.countDown();

        soon().until(() -> Integer.valueOf(1).equals(job().getSucceeded()));
        assertThat(ran).hasSize(1);
    }

    @Test
    void shouldTryAgainAndFailTheJobWhenItsWorkFails() {
        cluster.knobs().onRun("example/migrate:1.0", pod -> {
            ran.add(pod.getMetadata().getName());
            throw new IllegalStateException("the table is locked");
        });
        client.resource(job("example/migrate:1.0", 1)).create();

        soon().until(() -> Integer.valueOf(2).equals(job().getFailed()));
        assertThat(job().getConditions())
                .anySatisfy(c -> assertThat(c.getType()).isEqualTo("Failed"));
        assertThat(ran).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void shouldBecomeReadyAfterARestartWhenItsWorkFailedOnce() {
        AtomicInteger starts = new AtomicInteger();
        cluster.knobs().onRun(Workloads.IMAGE, pod -> {
            if (starts.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
        });
        client.resource(Workloads.deployment(NAMESPACE, "web", 1)).create();

        soon().until(() -> Integer.valueOf(1)
                .equals(client.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName("web")
                        .get()
                        .getStatus()
                        .getReadyReplicas()));
        assertThat(starts).hasValue(2);
        assertThat(pods().get(0).getStatus().getContainerStatuses().get(0).getRestartCount())
                .isEqualTo(1);
    }

    @Test
    void shouldBeInterruptedWhenItsPodGoes() {
        cluster.knobs().onRun(pod -> true, pod -> {
            ran.add("began");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ran.add("interrupted");
            }
        });
        client.resource(job("example/migrate:1.0", 0)).create();
        soon().until(() -> ran.contains("began"));

        client.batch().v1().jobs().inNamespace(NAMESPACE).withName("migrate").delete();

        soon().until(() -> ran.contains("interrupted"));
    }

    @Test
    void shouldBeGoneOnlyWhenWhatItDidHasEnded() {
        CountDownLatch mayGo = new CountDownLatch(1);
        cluster.knobs().onRun(pod -> true, pod -> ran.add("began"), pod -> {
            ran.add("ending");
            mayGo.await();
        });
        client.resource(Workloads.deployment(NAMESPACE, "web", 1)).create();
        soon().until(() -> ran.contains("began"));

        client.apps().deployments().inNamespace(NAMESPACE).withName("web").delete();

        soon().until(() -> ran.contains("ending"));
        cluster.settle();
        assertThat(pods()).hasSize(1);
        mayGo.countDown();
        soon().until(() -> pods().isEmpty());
    }

    @Test
    void shouldTellWhatItSaidWhenItFailed() {
        cluster.knobs().onRun("example/migrate", pod -> {
            throw new IllegalStateException("the table is locked");
        });
        client.resource(job("example/migrate:1.0", 0)).create();

        soon().until(() -> Integer.valueOf(1).equals(job().getFailed()));
        assertThat(pods().get(0)
                        .getStatus()
                        .getContainerStatuses()
                        .get(0)
                        .getState()
                        .getTerminated()
                        .getMessage())
                .isEqualTo("the table is locked");
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(10));
    }

    private JobStatus job() {
        return client.batch()
                .v1()
                .jobs()
                .inNamespace(NAMESPACE)
                .withName("migrate")
                .get()
                .getStatus();
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(NAMESPACE).list().getItems();
    }

    private static Job job(String image, int retries) {
        return new JobBuilder()
                .withNewMetadata()
                .withName("migrate")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(retries)
                .withNewTemplate()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
