package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.simulator.Hold;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What becomes of a release that is taken away, put back, or left in the middle. */
class ReleaseLifeTest extends HelmTestBase {
    private final SaveAction save = new SaveAction();
    private final RollbackAction rollback = new RollbackAction(LIBRARY);
    private final RecoverAction recover = new RecoverAction();

    private String that() {
        return "{release: " + release + "}";
    }

    private String kept() {
        return "{release: " + release + ", into: " + release + "}";
    }

    private String putBack() {
        return "{release: " + release + ", from: " + release + "}";
    }

    @Test
    void shouldTakeEverythingAwayWithOrWithoutHooksWhenUninstalled() {
        assertThat(failure(uninstall, step("down"), that()).code()).isEqualTo("release-not-found");
        assertThat(run(uninstall, step("down"), "{release: " + release + ", mayBeAbsent: true}")
                        .summary())
                .contains("nothing to uninstall");
        install(chart("1.0.0"), "{}");
        FakeContext first = step("down");
        assertThat(preview(uninstall, step("look"), that()).summary()).contains("Deployment " + release + "-web");
        Outcome.Succeeded outcome = run(uninstall, first, that());

        assertThat(outcome.details().path("changed").toString()).contains("ConfigMap " + release + "-settings");
        assertThat(cluster.deployment(release + "-web")).isNull();
        assertThat(hasJob("-clean")).as("its hook has run").isTrue();
        assertThat(records()).isEmpty();
        assertThat(run(uninstall, first.next(), that()).summary()).contains("uninstalled already");

        install(chart("1.0.0"), "{}");
        cluster.client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(cluster.namespace())
                .withName(release + "-clean")
                .delete();
        run(uninstall, step("again"), "{release: " + release + ", hooks: false, keepHistory: true}");

        assertThat(hasJob("-clean")).isFalse();
        assertThat(newest().isUninstalled()).isTrue();
        assertThat(run(uninstall, step("third"), that()).summary()).contains("uninstalled already");
        assertThat(failure(upgrade, step("up"), to(chart("1.1.0"), "{}") + "}").code())
                .isEqualTo("release-not-found");
        assertThat(install(chart("1.1.0"), "{}").details().path("revision").asInt())
                .isEqualTo(2);
    }

    @Test
    void shouldPutTheReleaseBackWhateverBecameOfIt() {
        assertThat(failure(save, step("save"), kept()).code()).isEqualTo("release-not-found");
        install(chart("1.0.0"), "{colour: green}");
        FakeContext saving = step("save");
        assertThat(run(save, saving, kept()).details().path("version").asText()).isEqualTo("1.0.0");
        TestChart newer = chart("2.0.0")
                .with(
                        "extra.yaml",
                        "{apiVersion: v1, kind: ServiceAccount, metadata: {name: '{{ .Release.Name }}-extra'}}");
        run(upgrade, step("up"), to(newer, "{tier: front}") + ", replace: [Deployment]}");
        assertThat(run(save, saving.next(), kept()).summary()).contains("saved already");

        assertThat(failure(rollback, step("back"), putBack()).code()).isEqualTo("immutable-field");
        FakeContext back = step("back");
        String with = "{release: " + release + ", from: " + release + ", replace: [Deployment]}";
        run(rollback, back, with);

        requireOld();
        assertThat(cluster.client()
                        .serviceAccounts()
                        .inNamespace(cluster.namespace())
                        .withName(release + "-extra")
                        .get())
                .as("what only the newer chart has")
                .isNull();
        int revision = newest().revision();
        assertThat(run(rollback, back.next(), with).summary()).contains("already");
        assertThat(newest().revision()).isEqualTo(revision);

        run(uninstall, step("down"), "{release: " + release + ", hooks: false}");
        run(rollback, step("back2"), putBack());
        requireOld();
        assertThat(newest().revision()).isEqualTo(1);
    }

    private void requireOld() {
        assertThat(newest().chartName()).isEqualTo("shop");
        assertThat(newest().chartVersion()).isEqualTo("1.0.0");
        assertThat(newest().values().toString()).isEqualTo("{\"colour\":\"green\"}");
        assertThat(newest().isDeployed()).isTrue();
        assertThat(setting()).isEqualTo("green");
        assertThat(cluster.image(release + "-web")).isEqualTo("shop/web:1.0.0");
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace(cluster.namespace())
                        .withName(release + "-settings")
                        .get()
                        .getData())
                .containsEntry("braces", "{{ not a template }}");
    }

    @Test
    void shouldGoOnWhenHelmWasKilledInTheMiddle() {
        install(chart("1.0.0"), "{}");
        String with = to(chart("1.1.0"), "{colour: red}") + "}";
        FakeContext first = step("up");
        killedInTheMiddle(first, with);
        assertThat(newest().status()).isEqualTo("pending-upgrade");

        assertThat(run(upgrade, first.next(), with).details().path("status").asText())
                .isEqualTo("deployed");
        assertThat(setting()).isEqualTo("red");
        assertThat(cluster.image(release + "-web")).isEqualTo("shop/web:1.1.0");
    }

    @Test
    void shouldTakeAwayWhatAnInstallationMadeThatWasCutOff() {
        String with = to(chart("1.0.0"), "{}") + ", install: true}";
        killedInTheMiddle(step("up"), with, "POST", "/deployments");
        assertThat(newest().status()).isEqualTo("pending-install");
        assertThat(setting()).isEqualTo("blue");

        run(uninstall, step("down"), "{release: " + release + ", hooks: false}");

        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace(cluster.namespace())
                        .withName(release + "-settings")
                        .get())
                .isNull();
        assertThat(records()).isEmpty();
    }

    @Test
    void shouldLoseSightOfNothingWhenARevisionFailed() {
        install(chart("1.0.0").with("old.yaml", ACCOUNT.formatted("old")), "{}");
        run(save, step("save"), kept());
        String with = to(chart("2.0.0").with("new.yaml", ACCOUNT.formatted("new")), "{}") + "}";
        killedInTheMiddle(step("up"), with);
        assertThat(hasAccount("new")).isTrue();
        run(rollback, step("back"), putBack());

        assertThat(hasAccount("new")).as("only the failed revision has it").isFalse();
        assertThat(hasAccount("old")).isTrue();

        killedInTheMiddle(step("up"), with);
        run(uninstall, step("down"), "{release: " + release + ", hooks: false}");

        assertThat(hasAccount("old")).as("only the revision before has it").isFalse();
        assertThat(hasAccount("new")).isFalse();
        assertThat(records()).isEmpty();
    }

    private static final String ACCOUNT =
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: '{{ .Release.Name }}-%s'}}";

    private boolean hasAccount(String name) {
        return cluster.client()
                        .serviceAccounts()
                        .inNamespace(cluster.namespace())
                        .withName(release + "-" + name)
                        .get()
                != null;
    }

    private void killedInTheMiddle(FakeContext first, String with) {
        killedInTheMiddle(first, with, "PATCH", "/deployments/" + release + "-web");
    }

    private void killedInTheMiddle(FakeContext first, String with, String method, String path) {
        Assumptions.assumeTrue(cluster.simulated().isPresent());
        try (Hold hold = cluster.simulated()
                .orElseThrow()
                .knobs()
                .hold(r -> r.method().equals(method) && r.path().endsWith(path), 1)) {
            CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run(upgrade, first, with));
            await().atMost(Duration.ofSeconds(30)).until(() -> hold.held() == 1);
            first.stop();
            hold.release();
            assertThatThrownBy(running::join).hasRootCauseInstanceOf(StoppedException.class);
        }
    }

    @Test
    void shouldGoOnWhenItWasCutOffWhileUninstalling() {
        Assumptions.assumeTrue(cluster.simulated().isPresent());
        install(chart("1.0.0"), "{}");
        FakeContext first = step("down");
        try (Hold hold = cluster.simulated()
                .orElseThrow()
                .knobs()
                .hold(r -> r.method().equals("DELETE") && r.path().endsWith("/deployments/" + release + "-web"), 1)) {
            CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run(uninstall, first, that()));
            await().atMost(Duration.ofSeconds(30)).until(() -> hold.held() == 1);
            first.stop();
            hold.release();
            assertThatThrownBy(running::join).hasRootCauseInstanceOf(StoppedException.class);
        }
        assertThat(newest().status()).isEqualTo("uninstalling");

        run(uninstall, first.next(), "{release: " + release + ", hooks: false}");
        assertThat(records()).isEmpty();
        assertThat(cluster.deployment(release + "-web")).isNull();
    }

    @Test
    void shouldFreeAReleaseThatSomebodyElseLeftPendingWhenItIsOld() {
        assertThat(run(recover, step("free"), that()).summary()).contains("nobody was cut off");
        install(chart("1.0.0"), "{}");
        leftPending("pending-upgrade", java.time.Instant.now().getEpochSecond());
        assertThat(failure(upgrade, step("up"), to(chart("1.1.0"), "{}") + "}").code())
                .isEqualTo("release-pending");
        assertThat(failure(recover, step("free"), that()).code()).isEqualTo("release-busy");
        leftPending("pending-upgrade", 1_700_000_000L);

        assertThat(run(recover, step("free"), that()).summary()).contains("is failed now");
        assertThat(newest().status()).isEqualTo("failed");
        assertThat(run(upgrade, step("up"), to(chart("1.1.0"), "{}") + "}")
                        .details()
                        .path("status")
                        .asText())
                .isEqualTo("deployed");
    }

    @Test
    void shouldRemoveTheRecordWhenTheFirstInstallationWasCutOff() {
        install(chart("1.0.0"), "{}");
        leftPending("pending-install", 1_700_000_000L);

        assertThat(run(recover, step("free"), that()).summary()).contains("removed the record");
        assertThat(records()).isEmpty();
    }

    @Test
    void shouldGoOnWhenTheServerNoLongerServesWhatHelmRecorded() {
        install(chart("1.0.0"), "{colour: green}");
        recordedLongAgo();
        run(save, step("save"), kept());

        run(upgrade, step("up"), to(chart("1.1.0"), "{}") + "}");
        assertThat(cluster.image(release + "-web")).isEqualTo("shop/web:1.1.0");

        recordedLongAgo();
        run(uninstall, step("down"), "{release: " + release + ", hooks: false}");
        assertThat(cluster.deployment(release + "-web")).isNull();

        run(rollback, step("back"), putBack());
        requireOld();
    }

    /** When a Deployment was still of another group: the cluster has been upgraded since. */
    private void recordedLongAgo() {
        rewrite((content, labels) ->
                content.put("manifest", content.path("manifest").asText().replace("apps/v1", "extensions/v1beta1")));
    }

    /** As Helm itself leaves it: without a mark of ours. */
    private void leftPending(String status, long changed) {
        rewrite((content, labels) -> {
            ((ObjectNode) content.get("info")).put("status", status);
            labels.put("status", status);
            labels.put("modifiedAt", Long.toString(changed));
            labels.put("createdAt", Long.toString(changed));
        });
    }

    private void rewrite(BiConsumer<ObjectNode, Map<String, String>> change) {
        ReleaseRecord record = newest();
        ObjectNode content = record.content().deepCopy();
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName(record.secret())
                .edit(secret -> {
                    change.accept(content, secret.getMetadata().getLabels());
                    secret.getData().put("release", ReleaseRecord.encoded(content));
                    secret.getMetadata().getAnnotations().keySet().removeIf(key -> key.startsWith("upstep.io/"));
                    return secret;
                });
    }
}
