package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutTest extends AnyCluster {
    @Test
    void shouldRunThePodsOfADeploymentWhenItIsCreated() {
        client.resource(Workloads.deployment(namespace, "web", 2)).create();

        awaitRolledOut("web");

        assertThat(pods("web")).hasSize(2).allSatisfy(p -> {
            assertThat(p.getStatus().getPhase()).isEqualTo("Running");
            assertThat(p.getMetadata().getLabels()).containsKey("pod-template-hash");
        });
        assertThat(client.apps().replicaSets().inNamespace(namespace).list().getItems())
                .singleElement()
                .satisfies(s -> assertThat(s.getMetadata().getOwnerReferences())
                        .singleElement()
                        .satisfies(o -> assertThat(o.getName()).isEqualTo("web")));
    }

    @Test
    void shouldReplaceEveryPodWhenTheImageChanges() {
        client.resource(Workloads.deployment(namespace, "web", 3)).create();
        awaitRolledOut("web");

        client.apps().deployments().inNamespace(namespace).withName("web").edit(d -> {
            d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(Workloads.NEXT_IMAGE);
            return d;
        });
        awaitRolledOut("web");

        soon().untilAsserted(() -> assertThat(pods("web")).hasSize(3));
        assertThat(pods("web"))
                .allSatisfy(p -> assertThat(p.getSpec().getContainers().get(0).getImage())
                        .isEqualTo(Workloads.NEXT_IMAGE));
        assertThat(deployment("web").get().getMetadata().getAnnotations())
                .containsEntry("deployment.kubernetes.io/revision", "2");
    }

    @Test
    void shouldStopEveryOldPodFirstWhenTheStrategyIsRecreate() {
        var web = Workloads.deployment(namespace, "web", 2);
        web.getSpec().setStrategy(new DeploymentStrategy(null, "Recreate"));
        client.resource(web).create();
        awaitRolledOut("web");

        retried(() -> deployment("web").edit(d -> {
            d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(Workloads.NEXT_IMAGE);
            return d;
        }));

        awaitRolledOut("web");
        assertThat(pods("web")).hasSize(2);
    }

    @Test
    void shouldNeverHaveTooFewOrTooManyPodsWhileItRolls() {
        var web = Workloads.deployment(namespace, "web", 4);
        web.getSpec()
                .setStrategy(new DeploymentStrategyBuilder()
                        .withType("RollingUpdate")
                        .withRollingUpdate(new RollingUpdateDeployment(new IntOrString(1), new IntOrString(1)))
                        .build());
        client.resource(web).create();
        awaitRolledOut("web");

        retried(() -> deployment("web").edit(d -> {
            d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(Workloads.NEXT_IMAGE);
            return d;
        }));

        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .failFast(() -> {
                    var running = pods("web").stream()
                            .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                            .toList();
                    assertThat(running).hasSizeLessThanOrEqualTo(5);
                    assertThat(running.stream().filter(Readiness::isPodReady)).hasSizeGreaterThanOrEqualTo(3);
                })
                .untilAsserted(() -> assertThat(pods("web")).hasSize(4).allSatisfy(p -> assertThat(
                                p.getSpec().getContainers().get(0).getImage())
                        .isEqualTo(Workloads.NEXT_IMAGE)));
    }

    @Test
    void shouldUpdateFromTheHighestNumberAndOnlyDownToThePartition() {
        client.resource(statefulSet(3)).create();
        awaitStatefulSet(3);

        retried(() -> client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("store")
                .edit(s -> {
                    s.getSpec().getUpdateStrategy().getRollingUpdate().setPartition(2);
                    s.getSpec().getTemplate().getMetadata().getLabels().put("round", "two");
                    return s;
                }));

        soon().untilAsserted(() -> assertThat(client.pods()
                        .inNamespace(namespace)
                        .withLabel("round", "two")
                        .list()
                        .getItems())
                .singleElement()
                .satisfies(p -> assertThat(p.getMetadata().getName()).isEqualTo("store-2"))
                .satisfies(p -> assertThat(Readiness.isPodReady(p)).isTrue()));
        var status = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("store")
                .get()
                .getStatus();
        assertThat(status.getCurrentRevision()).isNotEqualTo(status.getUpdateRevision());
    }

    @Test
    void shouldKeepRunningPodsWhenAStatefulSetIsReplacedByAnother() {
        client.resource(statefulSet(2)).create();
        awaitStatefulSet(2);
        var before = pods("store").stream().map(p -> p.getMetadata().getUid()).toList();
        var store = client.apps().statefulSets().inNamespace(namespace).withName("store");

        var other = statefulSet(2);
        other.getSpec().setServiceName("other");
        assertThatThrownBy(() -> client.resource(other).update())
                .hasMessageContaining("updates to statefulset spec for fields other than");
        store.withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
        soon().until(() -> store.get() == null);
        client.resource(other).create();
        awaitStatefulSet(2);

        assertThat(pods("store")).extracting(p -> p.getMetadata().getUid()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void shouldUseTheOldReplicaSetAgainWhenRolledBack() {
        client.resource(Workloads.deployment(namespace, "web", 1)).create();
        awaitRolledOut("web");
        deployment("web").rolling().updateImage(Workloads.NEXT_IMAGE);
        awaitRolledOut("web");

        retried(() -> deployment("web").edit(d -> {
            d.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(Workloads.IMAGE);
            return d;
        }));
        awaitRolledOut("web");

        assertThat(client.apps().replicaSets().inNamespace(namespace).list().getItems())
                .hasSize(2);
    }

    @Test
    void shouldNumberThePodsAndKeepTheirVolumesWhenItIsAStatefulSet() {
        client.resource(statefulSet(2)).create();
        awaitStatefulSet(2);

        retried(() -> client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("store")
                .edit(s -> {
                    s.getSpec().getTemplate().getMetadata().getLabels().put("round", "two");
                    return s;
                }));
        awaitStatefulSet(2);

        assertThat(pods("store"))
                .extracting(p -> p.getMetadata().getName())
                .containsExactlyInAnyOrder("store-0", "store-1");
        assertThat(pods("store"))
                .allSatisfy(p -> assertThat(p.getMetadata().getLabels()).containsEntry("round", "two"));
        assertThat(client.persistentVolumeClaims().inNamespace(namespace).list().getItems())
                .extracting(c -> c.getMetadata().getName())
                .containsExactlyInAnyOrder("data-store-0", "data-store-1");
    }

    @Test
    void shouldRunAPodOnEachNodeWhenItIsADaemonSet() {
        var template = Workloads.deployment(namespace, "agent", 1).getSpec().getTemplate();
        client.resource(new DaemonSetBuilder()
                        .withNewMetadata()
                        .withName("agent")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", "agent"))
                        .endSelector()
                        .withTemplate(template)
                        .endSpec()
                        .build())
                .create();

        soon().untilAsserted(() -> {
            var status = client.apps()
                    .daemonSets()
                    .inNamespace(namespace)
                    .withName("agent")
                    .get()
                    .getStatus();
            assertThat(status.getNumberReady()).isPositive().isEqualTo(status.getDesiredNumberScheduled());
        });
    }

    @Test
    void shouldCompleteWhenAJobsPodEnds() {
        client.resource(new JobBuilder()
                        .withNewMetadata()
                        .withName("once")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withNewTemplate()
                        .withNewSpec()
                        .withRestartPolicy("Never")
                        .addNewContainer()
                        .withName("main")
                        .withImage("registry.k8s.io/e2e-test-images/busybox:1.29-4")
                        .withCommand("true")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();

        soon().untilAsserted(() -> assertThat(client.batch()
                        .v1()
                        .jobs()
                        .inNamespace(namespace)
                        .withName("once")
                        .get()
                        .getStatus()
                        .getConditions())
                .anySatisfy(c -> {
                    assertThat(c.getType()).isEqualTo("Complete");
                    assertThat(c.getStatus()).isEqualTo("True");
                }));
    }

    @Test
    void shouldTellWhatHappenedByEvents() {
        client.resource(Workloads.deployment(namespace, "web", 1)).create();
        awaitRolledOut("web");

        soon().untilAsserted(() -> assertThat(client.v1()
                        .events()
                        .inNamespace(namespace)
                        .withField("involvedObject.name", "web")
                        .list()
                        .getItems())
                .extracting(e -> e.getReason())
                .contains("ScalingReplicaSet"));
    }

    private StatefulSet statefulSet(int replicas) {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Mi"))
                .endResources()
                .endSpec()
                .build();
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withName("store")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withServiceName("store")
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(Map.of("app", "store"))
                .endSelector()
                .withTemplate(
                        Workloads.deployment(namespace, "store", 1).getSpec().getTemplate())
                .withVolumeClaimTemplates(claim)
                .endSpec()
                .build();
    }

    private void awaitStatefulSet(int replicas) {
        soon().untilAsserted(() -> {
            StatefulSet set = client.apps()
                    .statefulSets()
                    .inNamespace(namespace)
                    .withName("store")
                    .get();
            assertThat(set.getStatus().getObservedGeneration())
                    .isEqualTo(set.getMetadata().getGeneration());
            assertThat(set.getStatus().getUpdatedReplicas()).isEqualTo(replicas);
            assertThat(set.getStatus().getReadyReplicas()).isEqualTo(replicas);
            assertThat(set.getStatus().getCurrentRevision())
                    .isEqualTo(set.getStatus().getUpdateRevision());
        });
    }
}
