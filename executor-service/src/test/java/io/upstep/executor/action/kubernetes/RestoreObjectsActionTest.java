package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.event.AttemptId;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestoreObjectsActionTest extends ActionTestBase {
    private static final String SAVE =
            "{kinds: [Deployment, ConfigMap, Secret, PersistentVolumeClaim], selector: app=web, into: before}";
    private static final String WITH = "{from: before}";
    private static final String SECRET = "before-0f8fad5b";
    private final RestoreObjectsAction action = new RestoreObjectsAction();
    private FakeContext undo;

    @BeforeEach
    void saveAndChange() {
        cluster.deploy("web", "shop/web:1.0", 2);
        configMap("settings", "blue");
        configMap("untouched", "green");
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("login")
                        .withNamespace(cluster.namespace())
                        .addToLabels("app", "web")
                        .endMetadata()
                        .addToData("password", "aHVudGVyMg==")
                        .build())
                .create();
        run(new SaveObjectsAction(), first, SAVE);
        undo = new FakeContext(cluster, new AttemptId(first.attempt().planId(), "undo-step-1", 1, 8));
    }

    private void change() {
        run(new SetImageAction(), first, "{name: web, tag: '2.0'}");
        run(
                new PatchAction(),
                first,
                "{kind: ConfigMap, name: settings, type: merge, patch: {metadata: {labels: {new: x}}, data: {colour: red, size: l}}}");
        run(new DeleteAction(), first, "{kind: Secret, name: login}");
    }

    @Test
    void shouldPutBackWhatDiffersAndMakeAnewWhatIsGoneWhenItRestores() {
        change();
        String untouched = version("untouched");
        Outcome.Succeeded outcome = run(action, undo, WITH);

        assertThat(outcome.summary())
                .isEqualTo(
                        "restored: ConfigMap settings, Deployment web, Secret login; already so: ConfigMap untouched");
        assertThat(cluster.image("web")).isEqualTo("shop/web:1.0");
        assertThat(configMap("settings").getData()).isEqualTo(Map.of("colour", "blue"));
        assertThat(configMap("settings").getMetadata().getLabels()).isEqualTo(Map.of("app", "web"));
        assertThat(configMap("settings").getMetadata().getAnnotations())
                .containsEntry("upstep.io/step", "undo-step-1")
                .containsEntry("upstep.io/epoch", "8");
        assertThat(cluster.secret("login").getData()).containsEntry("password", "aHVudGVyMg==");
        assertThat(version("untouched")).isEqualTo(untouched);
    }

    @Test
    void shouldChangeNothingMoreWhenItRunsAgain() {
        change();
        run(action, undo, WITH);

        assertThat(run(action, undo.next(), WITH).details().has("changed")).isFalse();
    }

    @Test
    void shouldGoOnWhereItWasWhenItWasKilledInTheMiddle() {
        change();
        int[] writes = new int[1];
        undo.beforeWrite(() -> {
            // Three in the rehearsal, then the second that counts.
            if (++writes[0] == 5) {
                throw new StoppedException("killed");
            }
        });
        assertThatThrownBy(() -> run(action, undo, WITH)).hasMessage("killed");
        run(action, undo.next(), WITH);

        assertThat(cluster.image("web")).isEqualTo("shop/web:1.0");
        assertThat(cluster.secret("login")).isNotNull();
    }

    @Test
    void shouldRestoreOnlyWhatIsNamedWhenItIsToldWhich() {
        change();
        run(action, undo, "{from: before, kinds: [ConfigMap], names: [settings], selector: 'app in (web, api)'}");

        assertThat(configMap("settings").getData()).containsEntry("colour", "blue");
        assertThat(cluster.image("web")).isEqualTo("shop/web:2.0");
    }

    @Test
    void shouldShowTheDifferenceButNoSecretWhenItOnlyPreviews() {
        change();
        Outcome.Succeeded preview = preview(action, undo, WITH);

        assertThat(diff(preview)).contains("-  colour: red", "+  colour: blue", "(secret");
        assertThat(preview.toString()).doesNotContain("aHVudGVyMg").doesNotContain("hunter2");
        assertThat(cluster.secret("login")).isNull();
    }

    @Test
    void shouldSayWhichFieldsAndChangeNothingWhenSomeCannotBeChanged() {
        claim("fast");
        run(new SaveObjectsAction(), first.next(), SAVE.replace("before", "again"));
        change();
        cluster.client()
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .withName("disk")
                .delete();
        claim("slow");
        ActionException refused = failure(action, undo, "{from: again}");

        assertThat(refused.code()).isEqualTo("immutable-field");
        assertThat(refused).hasMessageContaining("PersistentVolumeClaim disk: spec.storageClassName");
        assertThat(configMap("settings").getData()).containsEntry("colour", "red");
    }

    @Test
    void shouldSaySoWhenNothingWasSaved() {
        assertThat(failure(action, undo, "{from: elsewhere}").code()).isEqualTo("nothing-saved");
        assertThat(failure(action, undo, "{from: before, names: [gone]}").code())
                .isEqualTo("object-not-found");
    }

    @Test
    void shouldChangeNothingWhenWhatWasSavedIsDamaged() {
        change();
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName(SECRET)
                .edit(secret -> {
                    secret.getMetadata().getAnnotations().put("upstep.io/parts", "2");
                    return secret;
                });

        ActionException refused = failure(action, undo, WITH);
        assertThat(refused.code()).isEqualTo("saved-incomplete");
        assertThat(refused).hasMessageContaining(SECRET + "-2 is missing");
        assertThat(cluster.image("web")).isEqualTo("shop/web:2.0");
    }

    @Test
    void shouldNotTakeAnotherPlansWhenItsNameIsTheSame() {
        FakeContext other = new FakeContext(cluster, new AttemptId("0f8fad5b-other", "undo", 1, 9));

        assertThat(failure(action, other, WITH)).hasMessageContaining("was not written by this plan");
    }

    @Test
    void shouldSayWhatItExpectedWhenTheSelectorIsNotUnderstood() {
        assertThat(failure(action, undo, "{from: before, selector: 'app ~ web'}"))
                .hasMessageContaining("tier in (a, b)");
    }

    private void claim(String storageClass) {
        cluster.client()
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("disk")
                        .withNamespace(cluster.namespace())
                        .addToLabels("app", "web")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withStorageClassName(storageClass)
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
    }

    private void configMap(String name, String colour) {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .addToLabels("app", "web")
                        .endMetadata()
                        .addToData("colour", colour)
                        .build())
                .create();
    }

    private ConfigMap configMap(String name) {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
    }

    private String version(String name) {
        return configMap(name).getMetadata().getResourceVersion();
    }
}
