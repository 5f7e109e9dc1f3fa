package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ApiTest extends AnyCluster {
    @Test
    void shouldSayWhatItServesWhenAskedForItsGroups() {
        assertThat(client.getKubernetesVersion().getMajor()).isEqualTo("1");
        assertThat(client.hasApiGroup("apps", true)).isTrue();
        assertThat(client.getApiResources("apps/v1").getResources())
                .extracting("name")
                .contains("deployments", "deployments/status", "deployments/scale");
    }

    @Test
    void shouldGiveIdentityWhenAnObjectIsCreated() {
        Deployment created =
                client.resource(Workloads.deployment(namespace, "web", 1)).create();

        assertThat(created.getMetadata().getUid()).isNotBlank();
        assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
        assertThat(created.getMetadata().getResourceVersion()).isNotBlank();
        assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(created.getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
    }

    @Test
    void shouldRaiseTheGenerationWhenTheSpecChangesAndNotOtherwise() {
        client.resource(Workloads.deployment(namespace, "web", 1)).create();

        retried(() -> deployment("web").edit(d -> {
            d.getMetadata().getLabels().put("tier", "front");
            return d;
        }));
        assertThat(deployment("web").get().getMetadata().getGeneration()).isEqualTo(1);

        deployment("web").scale(2);
        assertThat(deployment("web").get().getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhenTheResourceVersionIsStale() {
        ConfigMap first =
                client.resource(configMap("settings", Map.of("a", "1"))).create();
        client.resource(configMap("settings", Map.of("a", "2"))).update();

        assertRefused(409, () -> client.resource(
                                new ConfigMapBuilder(first).addToData("a", "3").build())
                        .lockResourceVersion(first.getMetadata().getResourceVersion())
                        .update())
                .hasMessageContaining("Operation cannot be fulfilled on configmaps \"settings\": the object has been"
                        + " modified; please apply your changes to the latest version and try again");
    }

    @Test
    void shouldRefuseWhenTheNamespaceDoesNotExist() {
        ConfigMap lost = configMap("settings", Map.of());
        lost.getMetadata().setNamespace("no-such-namespace");

        assertRefused(404, () -> client.resource(lost).create())
                .hasMessageContaining("namespaces \"no-such-namespace\" not found");
    }

    @Test
    void shouldRefuseWhenTheObjectExistsAlready() {
        client.resource(configMap("settings", Map.of())).create();

        assertRefused(409, () -> client.resource(configMap("settings", Map.of()))
                        .create())
                .hasMessageContaining("configmaps \"settings\" already exists");
    }

    @Test
    void shouldRefuseWhenADeploymentsSelectorChanges() {
        Deployment web =
                client.resource(Workloads.deployment(namespace, "web", 1)).create();
        web.getMetadata().setResourceVersion(null);
        web.getSpec().getSelector().setMatchLabels(Map.of("app", "other"));
        web.getSpec().getTemplate().getMetadata().setLabels(Map.of("app", "other"));

        assertRefused(422, () -> client.resource(web).update())
                .hasMessageContaining("Deployment.apps \"web\" is invalid: spec.selector: Invalid value:")
                .hasMessageContaining("field is immutable");
    }

    @Test
    void shouldRefuseWhenLabelsAndSelectorDoNotMatch() {
        Deployment web = Workloads.deployment(namespace, "web", 1);
        web.getSpec().getTemplate().getMetadata().setLabels(Map.of("app", "other"));

        assertRefused(422, () -> client.resource(web).create())
                .hasMessageContaining("`selector` does not match template `labels`");
    }

    @Test
    void shouldAnswerAndChangeNothingWhenItIsADryRun() {
        client.resource(configMap("settings", Map.of("a", "1"))).create();

        ConfigMap answer = client.resource(configMap("settings", Map.of("a", "2")))
                .dryRun()
                .update();
        client.resource(configMap("other", Map.of())).dryRun().create();

        assertThat(answer.getData()).containsEntry("a", "2");
        assertThat(client.configMaps()
                        .inNamespace(namespace)
                        .withName("settings")
                        .get()
                        .getData())
                .containsEntry("a", "1");
        assertThat(client.configMaps().inNamespace(namespace).withName("other").get())
                .isNull();
    }

    @Test
    void shouldChooseByLabelAndFieldWhenListing() {
        client.resource(configMap("one", Map.of())).create();
        client.resource(configMap("two", Map.of())).create();
        var maps = client.configMaps().inNamespace(namespace);

        assertThat(maps.withLabel("app", "one").list().getItems()).hasSize(1);
        assertThat(maps.withLabelIn("app", "one", "two").list().getItems()).hasSize(2);
        assertThat(maps.withoutLabel("app", "one").withLabel("app").list().getItems())
                .extracting(c -> c.getMetadata().getName())
                .containsExactly("two");
        assertThat(maps.withField("metadata.name", "two").list().getItems()).hasSize(1);
    }

    @Test
    void shouldDeleteOnlyWhatIsChosenWhenACollectionIsDeleted() {
        client.resource(configMap("one", Map.of())).create();
        client.resource(configMap("two", Map.of())).create();

        client.configMaps().inNamespace(namespace).withLabel("app", "one").delete();

        assertThat(client.configMaps()
                        .inNamespace(namespace)
                        .withLabel("app")
                        .list()
                        .getItems())
                .extracting(c -> c.getMetadata().getName())
                .containsExactly("two");
    }

    @Test
    void shouldEncodeASecretsTextWhenItIsWrittenAsStringData() {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("login")
                        .withNamespace(namespace)
                        .endMetadata()
                        .addToStringData("password", "open sesame")
                        .build())
                .create();

        assertThat(client.secrets()
                        .inNamespace(namespace)
                        .withName("login")
                        .get()
                        .getData())
                .containsEntry("password", "b3BlbiBzZXNhbWU=");
    }

    @Test
    void shouldLetOneWriterWinWhenTwoTakeALease() {
        var lease = client.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("installation")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity("nobody")
                        .endSpec()
                        .build())
                .create();
        var mine = new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("first")
                .endSpec()
                .build();
        var theirs = new LeaseBuilder(lease)
                .editSpec()
                .withHolderIdentity("second")
                .endSpec()
                .build();
        String version = lease.getMetadata().getResourceVersion();

        client.resource(mine).lockResourceVersion(version).update();

        assertRefused(
                409, () -> client.resource(theirs).lockResourceVersion(version).update());
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(int code, ThrowingCallable request) {
        return assertThatThrownBy(request).isInstanceOfSatisfying(KubernetesClientException.class, e -> {
            assertThat(e.getCode()).isEqualTo(code);
            assertThat(e.getStatus().getReason()).isNotBlank();
        });
    }
}
