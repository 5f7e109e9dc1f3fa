package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchActionTest extends ActionTestBase {
    private final PatchAction action = new PatchAction();

    @BeforeEach
    void deploy() {
        cluster.deploy("web", "shop/web:1.0", 1);
    }

    @Test
    void shouldMergeWhenTheTypeIsMerge() {
        String with = "{kind: Deployment, name: web, type: merge, patch: {metadata: {labels: {version: '2'}}}}";
        run(action, first, with);

        assertThat(cluster.deployment("web").getMetadata().getLabels())
                .containsEntry("version", "2")
                .containsEntry("app", "web");
        assertThat(cluster.deployment("web").getMetadata().getAnnotations()).containsEntry("upstep.io/epoch", "5");
        assertThat(run(action, first.next(), with).summary()).isEqualTo("patched already: Deployment web");
    }

    @Test
    void shouldMergeListsByTheirKeysWhenTheTypeIsStrategic() {
        run(action, first, """
                kind: Deployment
                selector: app=web
                type: strategic
                patch: {spec: {template: {spec: {containers: [{name: main, env: [{name: A, value: b}]}]}}}}
                """);

        assertThat(cluster.image("web")).isEqualTo("shop/web:1.0");
        assertThat(cluster.deployment("web")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .extracting("name")
                .containsExactlyInAnyOrder("A", "DB_PASSWORD");
    }

    @Test
    void shouldApplyAJsonPatchOnceWhenItIsTriedTwice() {
        String with = """
                kind: Deployment
                name: web
                type: json
                patch: [{op: add, path: /spec/template/spec/containers/0/env/-, value: {name: A, value: b}}]
                """;
        run(action, first, with);
        run(action, first.next(), with);

        assertThat(cluster.deployment("web")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .hasSize(2);
    }

    @Test
    void shouldApplyAJsonPatchOnceMoreWhenEarlierAttemptsCountNoMore() {
        String with = """
                kind: Deployment
                name: web
                type: json
                patch: [{op: add, path: /spec/template/spec/containers/0/env/-, value: {name: A, value: b}}]
                """;
        run(action, first, with);
        FakeContext again = first.next().anew();
        run(action, again, with);
        run(action, again.next(), with);

        assertThat(cluster.deployment("web")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getEnv())
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: json, patch: [{op: replace, path: /spec/replicas, value: 3}]",
                "type: merge, patch: {spec: {replicas: 3}}"
            })
    void shouldPatchTheNewVersionWhenSomebodyElseWasFaster(String patch) {
        int[] writes = new int[1];
        first.beforeWrite(() -> {
            if (++writes[0] == 1) {
                cluster.touch("web", "faster");
            }
        });
        run(action, first, "{kind: Deployment, name: web, %s}".formatted(patch));

        assertThat(writes[0]).isGreaterThan(1);
        assertThat(cluster.deployment("web").getSpec().getReplicas()).isEqualTo(3);
        assertThat(cluster.deployment("web").getMetadata().getAnnotations()).containsKey("faster");
    }

    @Test
    void shouldShowTheDifferenceAndChangeNothingWhenItOnlyPreviews() {
        Outcome.Succeeded preview =
                preview(action, first, "{kind: Deployment, name: web, type: merge, patch: {spec: {replicas: 3}}}");

        assertThat(diff(preview)).contains("+  replicas: 3");
        assertThat(cluster.deployment("web").getSpec().getReplicas()).isEqualTo(1);
    }

    @Test
    void shouldSayWhatItExpectedWhenThePatchDoesNotFitItsType() {
        assertThat(failure(action, first, "{kind: Deployment, name: web, type: json, patch: {a: hunter2}}"))
                .hasMessageContaining("an array of operations, came OBJECT")
                .hasMessageNotContaining("hunter2");
    }
}
