package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.event.AttemptId;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplyActionTest extends ActionTestBase {
    private static final String WITH = """
            manifests:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {colour: blue, password: hunter2}}
              - {apiVersion: v1, kind: Secret, metadata: {name: login}}
            """;
    private final ApplyAction action = new ApplyAction();

    @Test
    void shouldMakeObjectsAndMarkThemWhenTheyAreNotThere() {
        Outcome.Succeeded outcome = run(action, first, WITH);

        assertThat(outcome.summary()).isEqualTo("applied: ConfigMap settings, Secret login");
        ConfigMap settings = settings();
        assertThat(settings.getData()).containsEntry("colour", "blue");
        assertThat(settings.getMetadata().getAnnotations())
                .containsEntry("upstep.io/plan", first.attempt().planId())
                .containsEntry("upstep.io/step", "step-1")
                .containsEntry("upstep.io/epoch", "5");
        assertThat(settings.getMetadata().getManagedFields()).anyMatch(f -> "upstep".equals(f.getManager()));
    }

    @Test
    void shouldChangeNothingWhenAppliedAgain() {
        run(action, first, WITH);

        Outcome.Succeeded again = run(action, first.next(), WITH);
        assertThat(again.details().has("changed")).isFalse();
    }

    @Test
    void shouldKeepWhatItDoesNotSayWhenOthersHaveWrittenIt() {
        run(action, first, WITH);
        cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("settings")
                .edit(c -> {
                    c.getData().put("size", "large");
                    return c;
                });
        run(action, first.next(), WITH.replace("blue", "red"));

        assertThat(settings().getData()).containsEntry("colour", "red").containsEntry("size", "large");
    }

    @Test
    void shouldShowTheDifferenceButNoSecretWhenItOnlyPreviews() {
        run(action, first, WITH);
        Outcome.Succeeded preview =
                preview(action, first.next(), WITH.replace("blue", "red").replace("hunter2", "hunter3"));

        assertThat(diff(preview))
                .contains("-  colour: blue", "+  colour: red", "(secret")
                .doesNotContain("hunter");
        assertThat(diff(preview)).doesNotContain("aHVudGVy");
        assertThat(settings().getData()).containsEntry("colour", "blue");
    }

    @Test
    void shouldNotWriteWhenANewerAttemptHasWritten() {
        run(action, new FakeContext(cluster, 2, 9), WITH);

        assertThat(failure(action, first, WITH.replace("blue", "red")).code()).isEqualTo("fenced");
        assertThat(settings().getData()).containsEntry("colour", "blue");
    }

    @Test
    void shouldNotWriteUnseenWhenTheObjectAppearsInTheLastMoment() {
        int[] writes = new int[1];
        first.beforeWrite(() -> {
            if (++writes[0] == 1) {
                run(action, new FakeContext(cluster, 2, 9), WITH);
            }
        });

        assertThat(failure(action, first, WITH.replace("blue", "red")).code()).isEqualTo("fenced");
        assertThat(settings().getData()).containsEntry("colour", "blue");
    }

    @Test
    void shouldApplyOnTopWhenSomebodyElseMakesTheObjectInTheLastMoment() {
        int[] writes = new int[1];
        first.beforeWrite(() -> {
            if (++writes[0] == 1) {
                cluster.client().resource(foreign()).create();
            }
        });
        run(action, first, WITH);

        assertThat(settings().getData()).containsEntry("colour", "blue").containsEntry("size", "large");
    }

    private ConfigMap foreign() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings")
                .withNamespace(cluster.namespace())
                .endMetadata()
                .addToData("size", "large")
                .build();
    }

    @Test
    void shouldRefuseWhenAManifestIsForAnotherNamespace() {
        String with = "manifests: [{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: kube-system}}]";

        assertThat(failure(action, first, with).code()).isEqualTo("foreign-namespace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {password: aHVudGVyMg==}", "stringData: {password: hunter2}"})
    void shouldRefuseAndWriteNothingWhenASecretsValuesAreInThePlan(String values) {
        ActionException refused = failure(action, first, """
                manifests:
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}
                  - {apiVersion: v1, kind: Secret, metadata: {name: login}, %s}
                """.formatted(values));

        assertThat(refused.code()).isEqualTo("secret-in-plan");
        assertThat(refused)
                .hasMessageContaining("Secret login")
                .hasMessageContaining("create it beforehand")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("aHVudGVyMg");
        assertThat(settings()).isNull();
    }

    @Test
    void shouldSayWhatIsMissingWhenAManifestHasNoName() {
        assertThat(failure(action, first, "manifests: [{apiVersion: v1, kind: ConfigMap}]"))
                .hasMessageContaining("/metadata/name");
    }

    @Test
    void shouldTakeManifestsFromASecretSoThatNobodyReadsThemInThePlan() {
        secret("manifests", "all.json", """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}, "data": {"colour": "blue"}}
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "login"}, "stringData": {"password": "hunter2"}}]}
            """);

        Outcome.Succeeded outcome = run(action, first, "from: {secret: manifests, key: all.json}");

        assertThat(outcome.toString()).doesNotContain("hunter2").doesNotContain("aHVudGVyMg");
        assertThat(settings().getData()).containsEntry("colour", "blue");
        assertThat(cluster.secret("login").getData()).containsEntry("password", "aHVudGVyMg==");
    }

    @Test
    void shouldNotQuoteWhatItCannotRead() {
        secret("manifests", "all.json", "{hunter2");

        ActionException failed = failure(action, first, "from: {secret: manifests, key: all.json}");

        assertThat(failed.code()).isEqualTo("manifests-unreadable");
        assertThat(failed).hasMessageNotContaining("hunter2");
        assertThat(failure(action, first, "from: {secret: manifests, key: all.yaml}")
                        .code())
                .isEqualTo("secret-not-found");
        assertThat(failure(action, first, "from: {secret: rendered}").code()).isEqualTo("nothing-saved");
    }

    @Test
    void shouldRefuseAndWriteNothingWhenAnObjectIsThereThatMayNotBe() {
        cluster.client().resource(foreign()).create();

        ActionException refused = failure(action, first, """
                manifests:
                  - {apiVersion: v1, kind: Secret, metadata: {name: login}}
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {colour: blue}}
                existing: {allow: [Secret]}
                """);

        assertThat(refused.code()).isEqualTo("already-exists");
        assertThat(refused).hasMessageContaining("ConfigMap settings").hasMessageContaining("nothing was changed");
        assertThat(cluster.secret("login")).isNull();
    }

    @Test
    void shouldGoOnWhenWhatIsThereIsHarmlessOrItsOwn() {
        secret("login", "user", "ann");
        String with = WITH + "existing: {allow: [Secret]}";

        run(action, first, with);

        assertThat(run(action, first.next(), with).details().has("changed")).isFalse();
        assertThat(settings().getData()).containsEntry("colour", "blue");
    }

    @Test
    void shouldRefuseWhenTheLabelsOfWhatIsThereDiffer() {
        secret("login", "user", "ann");

        assertThat(failure(action, first, """
                manifests: [{apiVersion: v1, kind: Secret, metadata: {name: login, labels: {suite: pachyderm}}}]
                existing: {allow: [Secret]}
                """)).hasMessageContaining("its labels are");
    }

    @Test
    void shouldRefuseToChangeARoleThatAccountsOfOtherNamespacesHave() {
        String binding = """
                manifests:
                  - apiVersion: rbac.authorization.k8s.io/v1
                    kind: ClusterRoleBinding
                    metadata: {name: pachyderm}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: pachyderm}
                    subjects: [{kind: ServiceAccount, name: pachyderm, namespace: %s}]
                existing: {allow: [ClusterRoleBinding]}
                """;
        run(
                action,
                new FakeContext(cluster, new AttemptId("other-plan", "deploy", 1, 2)),
                binding.formatted("elsewhere"));

        assertThat(failure(action, first, binding.formatted(cluster.namespace())))
                .hasMessageContaining("accounts of other namespaces have it")
                .hasMessageContaining("--local-roles");
    }

    private void secret(String name, String key, String value) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToStringData(key, value)
                        .build())
                .create();
    }

    private ConfigMap settings() {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("settings")
                .get();
    }
}
