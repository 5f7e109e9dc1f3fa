package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.FakeContext;
import org.junit.jupiter.api.Test;

class UpgradeActionTest extends HelmTestBase {

    @Test
    void shouldInstallThenUpgradeWhenAskedFor() {
        Outcome.Succeeded installed = install(chart("1.0.0"), "{}");

        assertThat(installed.details().path("chart").asText()).isEqualTo("shop");
        assertThat(installed.details().path("digest").asText()).startsWith("sha256:");
        assertThat(installed.details().path("changed").toString()).contains("Deployment " + release + "-web");
        assertThat(hasJob("-migrate")).isTrue();

        Outcome.Succeeded upgraded = run(upgrade, step("up"), to(chart("1.1.0"), "{colour: red}") + "}");

        assertThat(upgraded.details().path("revision").asInt()).isEqualTo(2);
        assertThat(setting()).isEqualTo("red");
        assertThat(newest().chartVersion()).isEqualTo("1.1.0");
        assertThat(newest().values().path("colour").asText()).isEqualTo("red");
        assertThat(cluster.deployment(release + "-web").getMetadata().getAnnotations())
                .containsEntry("upstep.io/step", "up");
        Secret record = cluster.secret("sh.helm.release.v1." + release + ".v2");
        assertThat(record.getMetadata().getAnnotations()).containsEntry("upstep.io/step", "up");
    }

    @Test
    void shouldBeSatisfiedWithItsOwnWorkWhenTriedAgain() {
        install(chart("1.0.0"), "{}");
        FakeContext first = step("up");
        String with = to(chart("1.1.0"), "{colour: red}") + "}";
        run(upgrade, first, with);

        assertThat(run(upgrade, first.next(), with).summary()).contains("upgraded already");
        assertThat(newest().revision()).isEqualTo(2);
        assertThat(run(upgrade, first.next().next().anew(), with)
                        .details()
                        .path("revision")
                        .asInt())
                .as("what earlier attempts did counts no more")
                .isEqualTo(3);
    }

    @Test
    void shouldSayWhatWouldChangeWhenItOnlyPreviews() {
        install(chart("1.0.0"), "{}");
        Outcome.Succeeded preview = preview(upgrade, step("up"), to(chart("1.1.0"), "{colour: red}") + "}");

        assertThat(preview.summary()).contains("would be upgraded").contains("Deployment " + release + "-web");
        assertThat(preview.details()
                        .path("diff")
                        .path("ConfigMap " + release + "-settings")
                        .asText())
                .contains("-  colour: blue")
                .contains("+  colour: red");
        assertThat(newest().revision()).isEqualTo(1);
        assertThat(setting()).isEqualTo("blue");
    }

    @Test
    void shouldNameTheObjectsAndChangeNothingWhenAFieldCannotBeChanged() {
        install(chart("1.0.0"), "{}");
        String with = to(chart("1.1.0"), "{tier: front, colour: red}");
        ActionException refused = failure(upgrade, step("up"), with + "}");

        assertThat(refused.code()).isEqualTo("immutable-field");
        assertThat(refused)
                .hasMessageContaining("Deployment " + release + "-web")
                .hasMessageContaining("replace");
        assertThat(setting()).isEqualTo("blue");
        assertThat(newest().revision()).isEqualTo(1);

        Outcome.Succeeded replaced = run(upgrade, step("up2"), with + ", replace: [Deployment]}");

        assertThat(replaced.details().path("replaced").toString()).contains("Deployment " + release + "-web");
        assertThat(cluster.deployment(release + "-web").getSpec().getSelector().getMatchLabels())
                .containsEntry("tier", "front");
    }

    @Test
    void shouldNotQuoteWhatAJobHoldsWhenItsTemplateCannotBeChanged() {
        String job = """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: "{{ .Release.Name }}-once"}
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                        - {name: once, image: "shop/once:{{ .Chart.Version }}", env: [{name: LOGIN, value: hunter-two}]}
                """;
        install(chart("1.0.0").with("once.yaml", job), "{}");
        TestChart newer = chart("1.1.0").with("once.yaml", job);

        ActionException refused = failure(upgrade, step("up"), to(newer, "{}") + "}");
        assertThat(refused.code()).isEqualTo("immutable-field");
        assertThat(refused)
                .hasMessageContaining("Job " + release + "-once: spec.template: field is immutable")
                .hasMessageNotContaining("hunter-two");
        assertThat(run(upgrade, step("up2"), to(newer, "{}") + ", replace: [Job]}")
                        .toString())
                .contains("field is immutable")
                .doesNotContain("hunter-two");
    }

    @Test
    void shouldNotRunHooksWhenTold() {
        run(upgrade, step("up"), to(chart("1.0.0"), "{}") + ", install: true, hooks: false}");

        assertThat(hasJob("-migrate")).isFalse();
        assertThat(newest().chartVersion()).isEqualTo("1.0.0");
        assertThat(newest().hooks()).isEmpty();
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace(cluster.namespace())
                        .withName(release + "-settings")
                        .get()
                        .getData())
                .as("what looks like a template and is none stays")
                .containsEntry("braces", "{{ not a template }}");
    }

    @Test
    void shouldRefuseWhenThereIsNoReleaseAndNoneIsToBeInstalled() {
        assertThat(failure(upgrade, step("up"), to(chart("1.0.0"), "{}") + "}").code())
                .isEqualTo("release-not-found");
    }

    @Test
    void shouldKeepSecretsToItselfWhenValuesHaveThem() {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(release + "-values")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToStringData("values.yaml", "password: hunter-two\n")
                        .build())
                .create();
        FakeContext context = step("up");
        String with =
                "{release: %s, chart: {path: '%s'}, install: true, values: [{secret: %s-values}, {inline: {colour: green}}]}"
                        .formatted(release, chart("1.0.0").path(), release);
        Outcome.Succeeded outcome = run(upgrade, context, with);
        Outcome.Succeeded preview = preview(upgrade, step("pre"), with);

        assertThat(value(cluster.secret(release + "-key"), "password")).isEqualTo("hunter-two");
        assertThat(outcome.toString() + preview + context.told()).doesNotContain("hunter-two");
        assertThat(failure(upgrade, step("up"), to(chart("1.0.0"), "{password: hunter-two}") + "}")
                        .code())
                .isEqualTo("secret-in-plan");
    }

    @Test
    void shouldGoOnFromTheLiveValuesWhenToldToReuseThem() {
        install(chart("1.0.0"), "{colour: green, tier: web}");
        run(
                upgrade,
                step("up"),
                "{release: %s, chart: {path: '%s'}, values: {reuse: true, set: {colour: red}}}"
                        .formatted(release, chart("1.1.0").path()));

        assertThat(newest().values().toString()).isEqualTo("{\"colour\":\"red\",\"tier\":\"web\"}");
    }

    @Test
    void shouldTakeObjectsOverWhenTold() {
        // Half of what Helm asks for: somebody has tried by hand.
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(release + "-settings")
                        .withNamespace(cluster.namespace())
                        .addToAnnotations("meta.helm.sh/release-name", release)
                        .endMetadata()
                        .build())
                .create();
        String with = to(chart("1.0.0"), "{}") + ", install: true";
        assertThat(failure(upgrade, step("a"), with + "}")).hasMessageContaining("invalid ownership metadata");

        run(upgrade, step("b"), with + ", takeOwnership: true}");
        assertThat(newest().isDeployed()).isTrue();
        assertThat(setting()).isEqualTo("blue");
    }

    @Test
    void shouldMakeAnewWhatIsInTheWayOfAnInstallationWhenTold() {
        cluster.deploy(release + "-web", "shop/web:0", 1);
        String with = to(chart("1.0.0"), "{}") + ", install: true";
        assertThat(failure(upgrade, step("a"), with + "}").code()).isEqualTo("immutable-field");

        run(upgrade, step("b"), with + ", replace: [Deployment]}");
        assertThat(newest().isDeployed()).isTrue();
    }

    @Test
    void shouldRefuseOldKindsAndTakeThemWhenModernized() {
        TestChart old = chart("0.9.0").with("old.yaml", """
                apiVersion: extensions/v1beta1
                kind: Deployment
                metadata: {name: "{{ .Release.Name }}-old"}
                spec:
                  template:
                    metadata: {labels: {app: old}}
                    spec: {containers: [{name: web, image: "shop/old:1"}]}
                """);
        ActionException refused = failure(upgrade, step("up"), to(old, "{}") + ", install: true}");

        assertThat(refused.code()).isEqualTo("unserved-api");
        assertThat(refused).hasMessageContaining("-old (extensions/v1beta1)").hasMessageContaining("modernize");
        assertThat(records()).isEmpty();
    }
}
