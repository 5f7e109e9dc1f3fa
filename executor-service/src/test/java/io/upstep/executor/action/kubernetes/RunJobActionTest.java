package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunJobActionTest extends ActionTestBase {
    private static final String WITH = "{name: migrate, image: 'shop/migrate:1.0', command: [migrate], env: {A: b}}";
    private final RunJobAction action = new RunJobAction();

    @Test
    void shouldRunToCompletionWhenTheJobSucceeds() {
        Outcome.Succeeded outcome = run(action, first, WITH);

        assertThat(outcome.details().path("job").asText()).isEqualTo("migrate-1-5");
        Job job = jobs().get(0);
        assertThat(job.getMetadata().getLabels())
                .containsEntry("upstep.io/plan", first.attempt().planId())
                .containsEntry("upstep.io/step", "step-1");
        assertThat(job.getSpec().getTemplate().getSpec().getContainers().get(0).getCommand())
                .containsExactly("migrate");
    }

    @Test
    void shouldBeginOnlyWhenThePodOfACancelledJobOfThePlanHasEnded() {
        Pod ending = cluster.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("unpack-1-4-x")
                        .withNamespace(cluster.namespace())
                        .addToLabels("upstep.io/plan", first.attempt().planId())
                        .addToLabels("job-name", "unpack-1-4")
                        .addToFinalizers("example.com/unpacking")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("unpack")
                        .withImage("shop/unpack:1.0")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        cluster.client().resource(ending).delete();
        CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run(action, first, WITH));

        await().atMost(Duration.ofMinutes(1)).until(() -> first.told().stream()
                .anyMatch(line -> line.contains("pod unpack-1-4-x of an earlier Job")));
        assertThat(jobs()).isEmpty();
        cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName("unpack-1-4-x")
                .edit(pod -> new PodBuilder(pod)
                        .editMetadata()
                        .withFinalizers(List.of())
                        .endMetadata()
                        .build());

        assertThat(running).succeedsWithin(Duration.ofMinutes(1));
    }

    @Test
    void shouldShortenTheNameWhenItIsTooLongForALabel() {
        String longName = "a-release-with-quite-a-long-name-that-somebody-chose-sync-db";
        Outcome.Succeeded outcome = run(action, first, "{name: %s, image: 'shop/migrate:1.0'}".formatted(longName));

        assertThat(outcome.details().path("job").asText())
                .hasSizeLessThanOrEqualTo(63)
                .endsWith("-1-5");
    }

    @Test
    void shouldNotRunASecondOneWhenAnEarlierAttemptsIsComplete() {
        run(action, first, WITH);

        assertThat(run(action, first.next(), WITH).summary()).contains("of an earlier attempt is complete");
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldRunItAgainWhenEarlierAttemptsCountNoMore() {
        run(action, first, WITH);
        FakeContext again = first.next().anew();

        assertThat(run(action, again, WITH).details().path("job").asText()).isEqualTo("migrate-2-6");
        assertThat(run(action, again.next(), WITH).summary()).contains("migrate-2-6 of an earlier attempt is complete");
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void shouldCountTheJobWhenAnAttemptThatCountsHasTakenItOver() {
        FakeContext cutOff = new FakeContext(cluster, 1, 5);
        int[] writes = new int[1];
        cutOff.beforeWrite(() -> {
            if (++writes[0] == 2) {
                throw new StoppedException("cut off");
            }
        });
        assertThatThrownBy(() -> run(action, cutOff, WITH)).hasMessage("cut off");
        FakeContext again = cutOff.next().anew();
        run(action, again, WITH);

        run(action, again.next(), WITH);
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldTakeOverTheJobWhenAnEarlierAttemptWasCutOffBeforeItLetItGo() {
        FakeContext cutOff = new FakeContext(cluster, 1, 5);
        int[] writes = new int[1];
        cutOff.beforeWrite(() -> {
            if (++writes[0] == 2) {
                throw new StoppedException("cut off");
            }
        });
        assertThatThrownBy(() -> run(action, cutOff, WITH)).hasMessage("cut off");
        assertThat(jobs().get(0).getSpec().getSuspend()).isTrue();

        run(action, cutOff.next(), WITH);
        assertThat(jobs()).hasSize(1);
        assertThat(jobs().get(0).getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "6");
    }

    @Test
    void shouldNotLetItGoWhenANewerAttemptTookItOverInTheLastMoment() {
        int[] writes = new int[1];
        first.beforeWrite(() -> {
            if (++writes[0] == 2) {
                run(action, new FakeContext(cluster, 2, 6), WITH);
            }
        });

        assertThat(failure(action, first, WITH).code()).isEqualTo("fenced");
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void shouldBorrowFromTheDeploymentWhenToldTo() {
        cluster.deploy("web", "shop/web:1.0", 1);
        run(action, first, "{name: migrate, fromDeployment: web, env: {A: b}}");

        Container container =
                jobs().get(0).getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(container.getImage()).isEqualTo("shop/web:1.0");
        assertThat(container.getEnv()).extracting(EnvVar::getName).containsExactly("DB_PASSWORD", "A");
        assertThat(jobs().get(0).getSpec().getTemplate().getMetadata().getLabels())
                .doesNotContainKey("app");
    }

    @Test
    void shouldRunOnTheNodeAndOverTheDirectoryThatItIsTold() {
        run(action, first, """
                name: archive
                image: 'busybox:1.36'
                command: [sh, -c, 'tar -C /data -cf /backup/elastic.tar elastic']
                volumes: [{name: data, hostPath: {path: /opt/trains/data, type: Directory}}]
                mounts: [{name: data, mountPath: /data, readOnly: true}]
                nodeSelector: {app: trains}
                tolerations: [{key: trains, operator: Exists}]
                """);

        PodSpec pod = jobs().get(0).getSpec().getTemplate().getSpec();
        assertThat(pod.getNodeSelector()).containsExactly(entry("app", "trains"));
        assertThat(pod.getTolerations()).extracting(Toleration::getKey).containsExactly("trains");
        assertThat(pod.getVolumes().get(0).getHostPath().getPath()).isEqualTo("/opt/trains/data");
        VolumeMount mount = pod.getContainers().get(0).getVolumeMounts().get(0);
        assertThat(mount.getMountPath()).isEqualTo("/data");
        assertThat(mount.getReadOnly()).isTrue();
    }

    @Test
    void shouldReplaceWhatTheDeploymentLendsWhenItIsToldItsOwn() {
        cluster.deploy("web", "shop/web:1.0", 1);
        run(action, first, """
                name: migrate
                fromDeployment: web
                volumes: [{name: data, hostPath: {path: /data}}]
                mounts: [{name: data, mountPath: /data}]
                """);
        run(action, first.next().anew(), """
                name: migrate
                fromDeployment: web
                volumes: [{name: data, emptyDir: {}}, {name: data, hostPath: {path: /other}}]
                """);

        assertThat(jobs()).hasSize(2);
        assertThat(jobs().get(1).getSpec().getTemplate().getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("data"))
                .hasSize(1)
                .allSatisfy(volume -> assertThat(volume.getHostPath().getPath()).isEqualTo("/other"));
    }

    @Test
    void shouldSayWhatWasExpectedWhenVolumesAreNoArray() {
        assertThat(failure(action, first, "{name: a, image: 'b:1', volumes: {name: data}}"))
                .hasMessageContaining("expected 'volumes' to be an array, came OBJECT");
    }

    @Test
    void shouldMakeNothingWhenItOnlyPreviews() {
        assertThat(diff(preview(action, first, WITH))).contains("+  name: migrate-1-5");
        assertThat(jobs()).isEmpty();
    }

    @Test
    void shouldSuspendTheJobWhenItsStepIsCancelled() {
        FakeContext cutOff = new FakeContext(cluster, 1, 5);
        cutOff.beforeWrite(() -> {
            if (!jobs().isEmpty()) {
                throw new StoppedException("cut off");
            }
        });
        assertThatThrownBy(() -> run(action, cutOff, WITH)).hasMessage("cut off");
        FakeContext cancellation = new FakeContext(cluster, 1, 6);

        assertThat(new JobLeftovers()
                        .stop(
                                cluster.client(),
                                cancellation.installation(),
                                cancellation.attempt(),
                                cancellation::checkpoint))
                .containsExactly("Job migrate-1-5");
        assertThat(failure(action, first, WITH).code()).isEqualTo("fenced");
        assertThat(jobs().get(0).getSpec().getSuspend()).isTrue();
    }

    @Test
    void shouldLeaveTheJobAloneWhenANewerAttemptThanTheCancellationHasTakenItOver() {
        run(action, first, WITH);
        goingOnAt("7");
        FakeContext cancellation = new FakeContext(cluster, 1, 6);

        assertThat(new JobLeftovers()
                        .stop(
                                cluster.client(),
                                cancellation.installation(),
                                cancellation.attempt(),
                                cancellation::checkpoint))
                .isEmpty();
        assertThat(jobs().get(0).getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "7");
    }

    @Test
    void shouldNotTouchTheJobWhenTheCancellationNoLongerOwnsTheInstallation() {
        run(action, first, WITH);
        goingOnAt("5");
        FakeContext cancellation = new FakeContext(cluster, 1, 6);
        cancellation.stop();

        assertThatThrownBy(() -> new JobLeftovers()
                        .stop(
                                cluster.client(),
                                cancellation.installation(),
                                cancellation.attempt(),
                                cancellation::checkpoint))
                .isInstanceOf(StoppedException.class);
        assertThat(jobs().get(0).getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "5");
    }

    /** A Job that is not complete yet, as an attempt of that epoch has left it. */
    private void goingOnAt(String epoch) {
        Job complete = jobs().get(0);
        cluster.client().resource(complete).delete();
        Job again = new JobBuilder(complete)
                .editMetadata()
                .withResourceVersion(null)
                .withUid(null)
                .addToAnnotations("upstep.io/epoch", epoch)
                .endMetadata()
                .editSpec()
                .withSuspend(true)
                .endSpec()
                .withStatus(null)
                .build();
        cluster.client().resource(again).create();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{DB_PASSWORD: hunter2}",
                "{apiKey: hunter2}",
                "[{name: GITHUB_TOKEN, value: hunter2}]",
                "[{name: A, value: b}, {name: client-secret, value: hunter2}]"
            })
    void shouldRefuseWhenAVariableNamedLikeASecretHasItsValueInThePlan(String env) {
        ActionException refused =
                failure(action, first, "{name: migrate, image: 'shop/migrate:1.0', env: %s}".formatted(env));

        assertThat(refused.code()).isEqualTo("secret-in-plan");
        assertThat(refused).hasMessageContaining("valueFrom").hasMessageNotContaining("hunter2");
        assertThat(jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{KEYCLOAK_URL: b, TOKENIZER: b, DB_PASSWORD_FILE: b, PASSWORD: ''}",
                "[{name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}]"
            })
    void shouldRunWhenNoSecretIsInThePlan(String env) {
        run(action, first, "{name: migrate, image: 'shop/migrate:1.0', env: %s}".formatted(env));

        assertThat(jobs()).hasSize(1);
    }

    private List<Job> jobs() {
        return cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .list()
                .getItems();
    }
}
