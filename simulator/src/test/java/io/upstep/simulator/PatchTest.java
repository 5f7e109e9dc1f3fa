package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatchTest extends AnyCluster {
    @Test
    void shouldMergeContainersByNameWhenThePatchIsStrategic() {
        client.resource(Workloads.deployment(namespace, "web", 1)).create();
        String patch = """
                {"spec": {"template": {"spec": {"containers": [
                  {"name": "main", "env": [{"name": "MODE", "value": "new"}]},
                  {"name": "side", "image": "registry.k8s.io/pause:3.9"}]}}}}
                """;

        deployment("web").patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch);

        var containers =
                deployment("web").get().getSpec().getTemplate().getSpec().getContainers();
        assertThat(containers).extracting(Container::getName).containsExactlyInAnyOrder("main", "side");
        assertThat(containers)
                .filteredOn(c -> c.getName().equals("main"))
                .singleElement()
                .satisfies(c -> assertThat(c.getImage()).isEqualTo(Workloads.IMAGE))
                .satisfies(c -> assertThat(c.getEnv()).containsExactly(new EnvVar("MODE", "new", null)));
    }

    @Test
    void shouldDeleteAnElementWhenTheStrategicPatchSaysSo() {
        client.resource(Workloads.deployment(namespace, "web", 1)).create();
        PatchContext strategic = PatchContext.of(PatchType.STRATEGIC_MERGE);
        deployment("web").patch(strategic, mainContainer("{\"name\": \"MODE\", \"value\": \"new\"}"));

        deployment("web").patch(strategic, mainContainer("{\"name\": \"MODE\", \"$patch\": \"delete\"}"));

        assertThat(deployment("web")
                        .get()
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .isEmpty();
    }

    @Test
    void shouldRemoveAKeyWhenTheMergePatchHasNull() {
        client.resource(configMap("settings", Map.of("a", "1", "b", "2"))).create();

        client.configMaps()
                .inNamespace(namespace)
                .withName("settings")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\": {\"a\": null, \"c\": \"3\"}}");

        assertThat(settings().getData()).containsExactlyInAnyOrderEntriesOf(Map.of("b", "2", "c", "3"));
    }

    @Test
    void shouldReplaceAPlaceWhenItIsAJsonPatch() {
        client.resource(configMap("settings", Map.of("a", "1"))).create();

        client.configMaps()
                .inNamespace(namespace)
                .withName("settings")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"test\", \"path\": \"/data/a\", \"value\": \"1\"},"
                                + "{\"op\": \"replace\", \"path\": \"/data/a\", \"value\": \"2\"}]");

        assertThat(settings().getData()).containsEntry("a", "2");
    }

    @Test
    void shouldCreateAndRecordTheManagerWhenAppliedTheFirstTime() {
        ConfigMap applied = apply("one", Map.of("a", "1"));

        assertThat(applied.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(m -> assertThat(m.getManager()).isEqualTo("one"))
                .satisfies(m -> assertThat(m.getOperation()).isEqualTo("Apply"));
    }

    @Test
    void shouldChangeNothingWhenTheSameIsAppliedAgain() {
        ConfigMap first = apply("one", Map.of("a", "1"));

        ConfigMap second = apply("one", Map.of("a", "1"));

        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void shouldTakeAwayWhatTheManagerNoLongerAppliesAndKeepTheOthers() {
        apply("one", Map.of("a", "1", "b", "2"));
        apply("two", Map.of("c", "3"));

        apply("one", Map.of("b", "2"));

        assertThat(settings().getData()).containsExactlyInAnyOrderEntriesOf(Map.of("b", "2", "c", "3"));
    }

    @Test
    void shouldRefuseWhenAnotherManagerSetTheFieldAndItIsNotForced() {
        apply("one", Map.of("a", "1"));

        assertThatThrownBy(() -> client.resource(configMap("settings", Map.of("a", "2")))
                        .fieldManager("two")
                        .serverSideApply())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("conflict with \"one\": .data.a");

        assertThat(client.resource(configMap("settings", Map.of("a", "2")))
                        .fieldManager("two")
                        .forceConflicts()
                        .serverSideApply()
                        .getData())
                .containsEntry("a", "2");
    }

    @Test
    void shouldMergeContainersByNameWhenADeploymentIsApplied() {
        client.resource(Workloads.deployment(namespace, "web", 1))
                .fieldManager("one")
                .serverSideApply();
        var next = Workloads.deployment(namespace, "web", 1);
        next.getSpec().getTemplate().getSpec().getContainers().get(0).setImage(Workloads.NEXT_IMAGE);

        var applied = client.resource(next).fieldManager("one").serverSideApply();

        assertThat(applied.getSpec().getTemplate().getSpec().getContainers())
                .singleElement()
                .satisfies(c -> assertThat(c.getImage()).isEqualTo(Workloads.NEXT_IMAGE));
        assertThat(applied.getMetadata().getGeneration()).isEqualTo(2);
    }

    private ConfigMap apply(String manager, Map<String, String> data) {
        return client.resource(configMap("settings", data))
                .fieldManager(manager)
                .serverSideApply();
    }

    private ConfigMap settings() {
        return client.configMaps().inNamespace(namespace).withName("settings").get();
    }

    private static String mainContainer(String env) {
        return "{\"spec\": {\"template\": {\"spec\": {\"containers\": [{\"name\": \"main\", \"env\": [" + env
                + "]}]}}}}";
    }
}
