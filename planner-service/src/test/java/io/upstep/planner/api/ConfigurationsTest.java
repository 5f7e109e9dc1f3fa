package io.upstep.planner.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configuration files moved over REST, on the rules that Upstep brings. */
@QuarkusTest
@TestProfile(AccessTest.WithKey.class)
class ConfigurationsTest {
    private static final String OLD = "# mine\nnodeSelectors:\n  core:\n    disk: ssd\nintegrations:\n  slack:\n"
            + "    - url: https://hooks.example/hunter2\nuser:\n  password: hunter2\n";

    @Test
    void shouldAnswerTheNewFileAndWhatBecameOfEveryValue() {
        Response answer = migrate(Map.of("from", "0.4.4", "to", "0.5.6", "config", OLD));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.<String>path("config"))
                .contains("nodeSelector:\n  disk: ssd", "password: hunter2", "# mine")
                .doesNotContain("integrations");
        assertThat(answer.<List<String>>path("report.leaves.findAll { it.kind == 'moved' }.now"))
                .contains("nodeSelector.disk");
        assertThat(answer.<List<String>>path("report.leaves.findAll { it.where == 'web-ui' }.path"))
                .contains("integrations.slack.0.url");
        assertThat(answer.<List<Object>>path("path")).isNotEmpty();
        Map<String, Object> rest = new LinkedHashMap<>(answer.as(Map.class));
        rest.remove("config");
        assertThat(rest.toString()).doesNotContain("hunter2");
        assertThat(rest).containsKeys("problems", "valid", "diff");
    }

    @Test
    void shouldPutAnswersIntoTheNewFile() {
        Response answer = migrate(Map.of(
                "from",
                "0.4.4",
                "to",
                "0.5.6",
                "config",
                "user: {username: a}\n",
                "answers",
                Map.of("broker", "redis")));

        assertThat(answer.<String>path("config")).as(answer.asString()).contains("broker: redis");
    }

    @Test
    void shouldNameTheLineWhenTheFileCannotBeRead() {
        Response answer = migrate(Map.of("from", "0.4.4", "to", "0.5.6", "config", "password: a\npassword: hunter2\n"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.<String>path("code")).isEqualTo("configuration-unreadable");
        assertThat(answer.<String>path("detail")).contains("'password' a second time in line 2");
        assertThat(answer.asString()).doesNotContain("hunter2");
    }

    @Test
    void shouldSayWhyWhenNoRulesLeadThere() {
        Response answer = migrate(Map.of("from", "0.5.6", "to", "0.4.4", "config", "a: 1\n"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.<String>path("code")).isEqualTo("configuration-not-movable");
        assertThat(answer.<String>path("detail")).contains("0.4.4 is older than 0.5.6");
    }

    @Test
    void shouldListEverythingThatIsWrongWithTheRequest() {
        Response answer = migrate(Map.of("to", "", "answers", Map.of("a.*", 1), "extra", 1));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder("/extra", "/from", "/to", "/config", "/answers");
    }

    @Test
    void shouldKnowNoOtherPlatform() {
        Response answer = authorized().body(Map.of()).post("/api/v1/platforms/nonsense/config-migrations");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.<String>path("code")).isEqualTo("unknown-platform");
    }

    @Test
    void shouldListWhatHasToChangeOutsideOfThePlatform() {
        Response answer = authorized().get("/api/v1/platforms/polyaxon/checklist?from=0.4.4&to=0.5.6");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<List<String>>path("checklist.now")).anyMatch(now -> now.contains("polyaxon admin deploy"));
        assertThat(answer.<List<String>>path("checklist.find")).isNotEmpty();
        assertThat(authorized()
                        .get("/api/v1/platforms/polyaxon/checklist?from=2.0.0&to=0.4.4")
                        .statusCode())
                .isEqualTo(422);
        assertThat(authorized()
                        .get("/api/v1/platforms/polyaxon/checklist?from=0.4.4")
                        .statusCode())
                .isEqualTo(400);
    }

    private static Response migrate(Map<String, Object> body) {
        return authorized().body(body).post("/api/v1/platforms/polyaxon/config-migrations");
    }

    private static RequestSpecification authorized() {
        return given().contentType("application/json").header("Authorization", "Bearer " + AccessTest.KEY);
    }
}
