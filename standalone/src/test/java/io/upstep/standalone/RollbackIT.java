package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.upstep.simulator.controller.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was done is taken back, and afterwards every object says what it said before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollbackIT {
    private static final String KEEP = """
            {"reason": "the new schema serves the old version, too", "keep": ["migrate-database"]}""";

    private VerbsLab lab;
    private PlannerClient client;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        lab = VerbsLab.start(directory);
        client = lab.client();
    }

    @AfterAll
    void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.12.3", "1.20.0"})
    void shouldLeaveEveryObjectAsItWasWhenAPolyaxonUpgradeThatSucceededIsRolledBack(String target) {
        String namespace = "back-" + target.replace('.', '-');
        lab.polyaxon(namespace);
        Map<String, JsonNode> before = InstalledObjects.of(lab.cluster(), namespace);
        String plan = client.submit(Installations.upgrade(namespace, target));
        lab.awaitEnd(plan, "SUCCEEDED");
        assertThat(InstalledObjects.of(lab.cluster(), namespace)).isNotEqualTo(before);

        lab.say(plan, "rollback", KEEP, "plan.rolling.back");

        JsonNode ended = lab.awaitEnd(plan, "ROLLED_BACK");
        assertThat(InstalledObjects.of(lab.cluster(), namespace)).isEqualTo(before);
        JsonNode completion = ended.path("completion");
        assertThat(completion.path("ending").asText()).isEqualTo("ROLLED_BACK");
        assertThat(completion.at("/running/version/value").asText()).isEqualTo("1.10.1");
        assertThat(completion.at("/verdict/evidence")).isNotEmpty();
        assertThat(completion.at("/acceptedRisks/0/stepId").asText()).isEqualTo("migrate-database");
        assertThat(VerbsLab.steps(ended))
                .contains("migrate-database PASSED", "undo-set-version-labels PASSED", "set-version-labels UNDONE");
        assertThat(lab.cluster().writes().violations()).isEmpty();
    }

    @Test
    void shouldNameTheStepAndTheSafeWayOnWhenARollbackIsNotPossible() {
        lab.polyaxon("no-return");
        String plan = client.submit(Installations.upgrade("no-return", "1.12.3"));
        lab.awaitEnd(plan, "SUCCEEDED");

        Response refused = client.act(plan, "rollback", "{}");

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.<String>path("code")).isEqualTo("point-of-no-return");
        assertThat(refused.<String>path("actual")).contains("step migrate-database", "restore point");
        assertThat(refused.<String>path("remedy")).contains("stay with what runs now", "keep migrate-database");
        assertThat(client.act(plan, "rollback", "{\"keep\": [\"migrate-database\"]}")
                        .<String>path("code"))
                .isEqualTo("reason-missing");
        assertThat(client.act(plan, "rollback", KEEP.replace("migrate-database", "nothing"))
                        .<String>path("code"))
                .isEqualTo("unknown-step");
        JsonNode shown = client.get("plans/" + plan + "/rollback");
        assertThat(shown.path("possible").asBoolean()).isFalse();
        assertThat(shown.at("/blocked/step").asText()).isEqualTo("migrate-database");
        JsonNode kept = client.get("plans/" + plan + "/rollback?keep=migrate-database");
        assertThat(kept.path("possible").asBoolean()).isTrue();
        assertThat(kept.path("steps").findValuesAsText("undoes"))
                .containsExactly("set-version-labels", "set-images", "set-chart-version");
        assertThat(client.plan(plan).path("status").asText()).isEqualTo("SUCCEEDED");
    }

    @Test
    void shouldTakeBackWhatWasDoneWhenAPolyaxonUpgradeHasFailedInTheMiddle() {
        lab.polyaxon("halfway");
        Map<String, JsonNode> before = InstalledObjects.of(lab.cluster(), "halfway");
        lab.cluster().knobs().image("polyaxon/polyaxon-gateway:1.19.0", Behaviour.BROKEN);
        String plan = client.submit(Installations.upgrade("halfway", "1.19.0"));
        JsonNode failed = lab.awaitEnd(plan, "FAILED");
        assertThat(VerbsLab.steps(failed)).contains("move-api PASSED", "move-gateway FAILED");
        assertThat(failed.at("/why/sentence").asText()).contains("cannot be rolled back past step migrate-database");

        lab.say(plan, "rollback", KEEP, "plan.rolling.back");

        lab.awaitEnd(plan, "ROLLED_BACK");
        assertThat(InstalledObjects.of(lab.cluster(), "halfway")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "kubernetes-app, web, 1.1.0, SUCCEEDED",
        "kubernetes-app, web, 1.1.0-broken, FAILED",
        "helm-app, demo-app, 1.1.0, SUCCEEDED",
        "helm-app, demo-app, 1.1.0-broken, FAILED",
        "helm-app, demo-app, 1.1.0-crashloop, FAILED"
    })
    void shouldLeaveEveryObjectAsItWasWhenAnAppIsRolledBack(
            String platform, String release, String target, String end) {
        String namespace = platform + "-" + target.replace('.', '-');
        lab.demo(namespace);
        Map<String, JsonNode> before = InstalledObjects.of(lab.cluster(), namespace);
        String plan =
                client.submit(Installations.submission(platform, "local", namespace, release, target, "automatic"));
        lab.awaitEnd(plan, end);
        assertThat(InstalledObjects.of(lab.cluster(), namespace)).isNotEqualTo(before);

        lab.say(plan, "rollback", "{\"reason\": \"it is slower\"}", "plan.rolling.back");

        JsonNode ended = lab.awaitEnd(plan, "ROLLED_BACK");
        assertThat(InstalledObjects.of(lab.cluster(), namespace)).isEqualTo(before);
        assertThat(ended.at("/completion/running/version/value").asText()).isEqualTo("1.0.0");
        assertThat(ended.at("/rollback/reason").asText()).isEqualTo("it is slower");
    }

    @Test
    void shouldStopTheRunningStepAndTakeBackWhatWasDoneWhenCancelledWithUndo() {
        lab.demo("with-undo");
        Map<String, JsonNode> before = InstalledObjects.of(lab.cluster(), "with-undo");
        String plan = lab.upgradeDemo("with-undo", "1.1.0-never-ready");
        lab.awaitStep(plan, "set-images VERIFYING");

        lab.say(plan, "cancel", "{\"undo\": true, \"reason\": \"wrong day\"}", "step.stopping");

        lab.awaitEnd(plan, "ROLLED_BACK");
        assertThat(InstalledObjects.of(lab.cluster(), "with-undo")).isEqualTo(before);
    }

    @Test
    void shouldGoForwardAgainByANewPlanWhenOneWasRolledBack() {
        lab.demo("and-again");
        String plan = lab.upgradeDemo("and-again", "1.1.0");
        lab.awaitEnd(plan, "SUCCEEDED");
        lab.say(plan, "rollback", "{}", "plan.rolling.back");
        lab.awaitEnd(plan, "ROLLED_BACK");

        String next = lab.upgradeDemo("and-again", "1.1.0");

        lab.awaitEnd(next, "SUCCEEDED");
        Response late = client.act(plan, "retry", "{}");
        assertThat(late.<String>path("code")).isEqualTo("overtaken");
        assertThat(late.statusCode()).isEqualTo(409);
    }
}
