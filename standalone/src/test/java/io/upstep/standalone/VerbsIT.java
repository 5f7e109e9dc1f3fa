package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.simulator.Outage;
import io.upstep.simulator.controller.Behaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people say to a plan, over REST, each time twice: it always ends in a state that has a name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerbsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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

    @Test
    void shouldStandStillBetweenTwoStepsWhenPausedAndGoOnWhenResumed() {
        lab.demo("paused");
        String plan = lab.waitingForItsPods("paused", "1.4.0");

        JsonNode pausing = lab.say(plan, "pause", "{\"reason\": \"lunch\"}", "plan.pausing");
        assertThat(pausing.at("/why/sentence").asText()).contains("after it the plan pauses");
        lab.cluster().knobs().image(VerbsLab.IMAGE + "1.4.0", Behaviour.GOOD);

        JsonNode paused = client.awaitStatus(plan, Set.of("PAUSED"));
        assertThat(VerbsLab.steps(paused)).contains("set-images PASSED", "set-version-labels PENDING");
        assertThat(paused.at("/why/hold").asText()).isEqualTo("GATE");
        assertThat(paused.at("/why/sentence").asText()).contains("lunch");
        lab.say(plan, "resume", "{}", "plan.resumed");
        lab.awaitEnd(plan, "SUCCEEDED");
    }

    @Test
    void shouldGoWithoutAStepAndSaySoWhenItIsSkipped() {
        lab.demo("skipped");
        String plan = client.submit(VerbsLab.demo("skipped", "1.1.0", "manual"));
        client.awaitStatus(plan, Set.of("PLANNED"));
        assertThat(client.act(plan, "skip", "{\"step\": \"save-objects\"}").<String>path("code"))
                .isEqualTo("reason-missing");

        lab.say(plan, "skip", "{\"step\": \"save-objects\", \"reason\": \"there is a backup\"}", "step.skipped");
        client.act(plan, "start", "{}").then().statusCode(200);
        client.act(plan, "start", "{}").then().statusCode(200);

        JsonNode ended = lab.awaitEnd(plan, "SUCCEEDED");
        assertThat(lab.count(plan, "plan.started")).isEqualTo(1);
        assertThat(VerbsLab.steps(ended)).contains("save-objects SKIPPED");
        assertThat(ended.at("/completion/acceptedRisks/0/stepId").asText()).isEqualTo("save-objects");
        assertThat(ended.at("/why/sentence").asText()).contains("went without step save-objects", "there is a backup");
    }

    @Test
    void shouldVerifyAStepThatAPersonHasDoneWhenItIsMarkedDone() {
        lab.demo("by-hand");
        String plan = failedAtItsImage("by-hand", "1.5.0");
        heal("by-hand", "1.5.0");

        lab.say(plan, "mark-done", markDone("the registry has it now"), "step.marked.done");

        JsonNode ended = lab.awaitEnd(plan, "SUCCEEDED");
        JsonNode attempts = step(ended, "set-images").path("attempts");
        JsonNode last = attempts.path(attempts.size() - 1);
        assertThat(last.at("/marked/reason").asText()).isEqualTo("the registry has it now");
        assertThat(last.at("/verdict/result").asText()).isEqualTo("passed");
        assertThat(last.at("/verdict/evidence")).isNotEmpty();
    }

    @Test
    void shouldNotBelieveThatAStepIsDoneWhenItsChecksSeeThatItIsNot() {
        lab.demo("not-true");
        String plan = failedAtItsImage("not-true", "1.6.0");

        assertThat(client.act(plan, "mark-done", markDone("I am sure")).statusCode())
                .isEqualTo(200);

        JsonNode ended = lab.awaitEnd(plan, "FAILED");
        JsonNode attempts = step(ended, "set-images").path("attempts");
        assertThat(attempts.path(attempts.size() - 1).at("/verdict/result").asText())
                .isEqualTo("failed");
        assertThat(step(ended, "set-version-labels").path("status").asText()).isEqualTo("PENDING");
    }

    @Test
    void shouldTryAgainWhenRetried() {
        lab.demo("again");
        String plan = failedAtItsImage("again", "1.7.0");
        heal("again", "1.7.0");

        lab.say(plan, "retry", "{\"reason\": \"pushed\"}", "plan.retried");

        JsonNode ended = lab.awaitEnd(plan, "SUCCEEDED");
        assertThat(step(ended, "save-objects").path("attempts")).hasSize(1);
    }

    @Test
    void shouldDoStepsOnceMoreAndStillKnowHowItWasWhenRetriedFromAnEarlierOne() {
        lab.demo("from-there");
        Map<String, JsonNode> before = InstalledObjects.of(lab.cluster(), "from-there");
        String plan = failedAtItsImage("from-there", "1.8.0");
        heal("from-there", "1.8.0");

        client.act(plan, "retry", "{\"from\": \"save-objects\", \"reason\": \"from the beginning\"}")
                .then()
                .statusCode(200);

        JsonNode ended = lab.awaitEnd(plan, "SUCCEEDED");
        assertThat(step(ended, "save-objects").path("attempts")).hasSize(2);
        lab.say(plan, "rollback", "{}", "plan.rolling.back");
        lab.awaitEnd(plan, "ROLLED_BACK");
        assertThat(InstalledObjects.of(lab.cluster(), "from-there")).isEqualTo(before);
    }

    @Test
    void shouldLetANewPlanGoOnWhenOneIsAbandonedWhileTheClusterIsAway() throws Exception {
        lab.demo("abandoned");
        String plan = lab.waitingForItsPods("abandoned", "1.9.0");

        try (AutoCloseable away = lab.cluster().knobs().outage(Outage.REFUSES)) {
            assertThat(client.act(plan, "abandon", "{}").<String>path("code")).isEqualTo("reason-missing");
            JsonNode abandoned = lab.say(plan, "abandon", "{\"reason\": \"the cluster burns\"}", "plan.abandoned");
            assertThat(abandoned.path("status").asText()).isEqualTo("ABANDONED");
            assertThat(abandoned.at("/why/sentence").asText())
                    .contains("the cluster burns", "Nobody has looked at what runs now yet");
        }

        lab.awaitEnd(lab.upgradeDemo("abandoned", "1.9.1"), "SUCCEEDED");
        await("the verifier's word on what runs after all").atMost(PATIENCE).until(() -> client.journal(plan)
                .contains("plan.reported"));
    }

    @Test
    void shouldTakeTheInstallationOverWhenANewPlanAdoptsOneThatDoesNotEnd() {
        lab.demo("adopted");
        String old = lab.waitingForItsPods("adopted", "1.10.0");
        String body = VerbsLab.demo("adopted", "1.10.1", "automatic");
        Response duplicate = client.post(body);
        assertThat(duplicate.statusCode()).isEqualTo(409);
        assertThat(duplicate.<String>path("remedy")).contains("\"adopts\": \"" + old + "\"");

        String plan = client.submit(adopting(body, old));

        lab.awaitEnd(plan, "SUCCEEDED");
        JsonNode adopted = client.plan(old);
        assertThat(adopted.path("status").asText()).isEqualTo("ABANDONED");
        assertThat(adopted.path("adoptedBy").asText()).isEqualTo(plan);
        assertThat(lab.cluster().writes().violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"start", "pause", "resume", "cancel", "retry", "abandon"})
    void shouldSayWhatWasExpectedAndWhatToDoWhenAVerbDoesNotFit(String verb) {
        String namespace = "over-" + verb;
        lab.demo(namespace);
        String plan = client.submit(VerbsLab.demo(namespace, "1.1.0", "manual"));
        client.awaitStatus(plan, Set.of("PLANNED"));
        lab.say(plan, "cancel", "{}", "plan.cancelled");

        Response answer = client.act(plan, verb, "{\"reason\": \"to see\"}");

        if (verb.equals("cancel")) {
            assertThat(answer.statusCode()).isEqualTo(200);
            return;
        }
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.<String>path("code")).isEqualTo("illegal-state");
        assertThat(answer.<String>path("actual")).contains(plan, "CANCELLED");
        assertThat(answer.<String>path("remedy")).isNotBlank();
    }

    @Test
    void shouldEndAsWantedWhenVerbsAreSaidWhileTheClusterIsAway() throws Exception {
        SaidMeanwhile verbs = SaidMeanwhile.begin(lab, "away", "1.11.0");

        try (AutoCloseable away = lab.cluster().knobs().outage(Outage.REFUSES)) {
            verbs.say();
        }

        verbs.awaitEnds();
    }

    @Test
    @RequiresServer(Browser.BINARY)
    void shouldOfferTheVerbsThatFitWhenAFailedPlanIsOpenedInABrowser(@TempDir Path profile) throws Exception {
        lab.demo("looked-at");
        String plan = failedAtItsImage("looked-at", "1.12.0");

        String page = Browser.page(lab.upstep().uri().resolve("/#/plans/" + plan), profile);

        assertThat(page)
                .contains("data-verb=\"retry\"", "data-verb=\"rollback\"")
                .contains("data-verb=\"mark-done\" data-step=\"set-images\"")
                .contains("data-verb=\"skip\" data-step=\"set-version-labels\"")
                .contains("nothing to take back: only copies were made", "can be taken back: Put 1.0.0 back")
                .doesNotContain("data-verb=\"pause\"", "data-verb=\"abandon\"", "undefined", "[object Object]");
    }

    @Test
    @RequiresServer(Browser.BINARY)
    void shouldShowWhatHoldsItWhenAPlannedOneIsOpenedInABrowser(@TempDir Path profile) throws Exception {
        lab.demo("held");
        String plan = client.submit(VerbsLab.demo("held", "1.1.0", "manual"));
        client.awaitStatus(plan, Set.of("PLANNED"));

        String page = Browser.page(lab.upstep().uri().resolve("/#/plans/" + plan), profile);

        assertThat(page)
                .contains("id=\"hold\">waits for a person<", "goes on by a start")
                .contains("data-verb=\"start\"", "data-verb=\"cancel\"", "data-verb=\"abandon\"")
                .doesNotContain("data-verb=\"rollback\"", "undefined", "[object Object]");
    }

    private String failedAtItsImage(String namespace, String target) {
        lab.cluster().knobs().image(VerbsLab.IMAGE + target, Behaviour.CRASHLOOP);
        String plan = lab.upgradeDemo(namespace, target);
        JsonNode failed = lab.awaitEnd(plan, "FAILED");
        assertThat(VerbsLab.steps(failed)).contains("set-images FAILED");
        return plan;
    }

    private void heal(String namespace, String target) {
        lab.cluster().knobs().image(VerbsLab.IMAGE + target, Behaviour.GOOD);
        await("new pods to be ready")
                .atMost(PATIENCE)
                .until(() -> InstalledObjects.ready(lab.cluster(), namespace, "web") == 2);
    }

    private static String markDone(String reason) {
        return "{\"step\": \"set-images\", \"reason\": \"" + reason + "\"}";
    }

    static String adopting(String submission, String plan) {
        return submission.replaceFirst("\\{", "{\"adopts\": \"" + plan + "\", ");
    }

    private static JsonNode step(JsonNode plan, String id) {
        for (JsonNode step : plan.path("steps")) {
            if (step.path("id").asText().equals(id)) {
                return step;
            }
        }
        throw new AssertionError("no step " + id + " in " + plan.path("steps"));
    }
}
