package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Outcome;
import io.upstep.executor.action.kubernetes.FakeContext;
import org.junit.jupiter.api.Test;

class PullActionTest extends HelmTestBase {
    private static final String OLD = """
            apiVersion: extensions/v1beta1
            kind: Deployment
            metadata: {name: "{{ .Release.Name }}-old"}
            spec:
              template:
                metadata: {labels: {app: "{{ .Release.Name }}-old"}}
                spec: {containers: [{name: web, image: "shop/old:1"}]}
            """;

    private final PullAction pull = new PullAction(SOURCES);

    private String from(String version) {
        return "{release: " + release + ", install: true, chart: {from: " + release + ", version: " + version + "}}";
    }

    @Test
    void shouldPinThePlanToWhatWasStoredFirst() {
        TestChart one = chart("1.0.0");
        String with = "{into: " + release + ", charts: [{path: '" + one.path() + "'}, {path: '"
                + chart("1.1.0").path() + "'}]}";
        assertThat(preview(upgrade, step("early"), from("1.0.0")).summary()).contains("will have stored");
        FakeContext first = step("pull");
        Outcome.Succeeded stored = run(pull, first, with);

        assertThat(stored.details().path("charts").findValuesAsText("version")).containsExactly("1.0.0", "1.1.0");
        assertThat(cluster.secret(release + "-0f8fad5b").getType()).isEqualTo("upstep.io/charts");
        String digest = stored.details().at("/charts/0/digest").asText();
        // Whatever becomes of the source: the plan has what it has.
        one.with("more.yaml", "{apiVersion: v1, kind: ServiceAccount, metadata: {name: more}}");
        Outcome.Succeeded again = run(pull, first.next(), with);

        assertThat(again.summary()).contains("stored already");
        assertThat(again.details().at("/charts/0/digest").asText()).isEqualTo(digest);
        assertThat(run(upgrade, step("up"), from("1.0.0"))
                        .details()
                        .path("digest")
                        .asText())
                .isEqualTo(digest);
        assertThat(failure(upgrade, step("no"), from("1.2.0")).code()).isEqualTo("chart-not-found");
    }

    @Test
    void shouldLiftOldKindsWhenTold() {
        TestChart old = chart("0.9.0").with("old.yaml", OLD);
        run(pull, step("pull"), "{into: " + release + ", modernize: true, charts: [{path: '" + old.path() + "'}]}");
        run(upgrade, step("up"), from("0.9.0"));

        assertThat(cluster.deployment(release + "-old").getSpec().getSelector().getMatchLabels())
                .containsEntry("app", release + "-old");
        assertThat(hasJob("-migrate")).as("hooks are hooks still").isTrue();
        assertThat(newest().hooks()).isNotEmpty();
    }
}
