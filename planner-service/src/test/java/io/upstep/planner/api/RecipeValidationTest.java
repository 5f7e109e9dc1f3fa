package io.upstep.planner.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Recipes looked at over REST. */
@QuarkusTest
@TestProfile(AccessTest.WithKey.class)
class RecipeValidationTest {
    private static final String PLATFORM = """
            platform: demo
            title: Demo
            description: for tests
            versions: { scheme: semver, known: ["1.0.0", 1.20] }
            downgrade: { allowed: false }
            facts:
              installed: { type: boolean, probe: kubernetes.instaled, with: { kind: Deployment } }
              version: { type: text, probe: kubernetes.version, with: { sources: [ { kind: Deployment, name: a, from: image } ] } }
            """;

    @Test
    void shouldSayWhereAndWhatAndWhatToDo() {
        Response answer = validate(Map.of("files", List.of(file("demo/platform.yaml", PLATFORM))));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<Boolean>path("valid")).isFalse();
        Map<String, Object> problem = answer.path("problems[0]");
        assertThat(problem)
                .containsEntry("file", "demo/platform.yaml")
                .containsEntry("line", 4)
                .containsEntry("column", 46)
                .containsEntry("pointer", "/versions/known/1")
                .containsEntry("severity", "error")
                .containsEntry("code", "wrong-type")
                .containsEntry("actual", "the number 1.2, written 1.20");
        assertThat(problem.get("remedy").toString()).startsWith("put it in quotes: \"1.20\"");
    }

    @Test
    void shouldTellErrorsFromWarnings() {
        Response answer =
                validate(Map.of("files", List.of(file("demo/platform.yaml", PLATFORM.replace("1.20", "\"1.20.0\"")))));

        assertThat(answer.<Boolean>path("valid")).as(answer.asString()).isTrue();
        assertThat(answer.<Integer>path("errors")).isZero();
        assertThat(answer.<List<String>>path("problems.code")).containsExactly("unknown-probe");
        assertThat(answer.<String>path("problems[0].remedy")).isEqualTo("did you mean 'kubernetes.installed'?");
    }

    @Test
    void shouldReadNoFileOfThePlannerForSomebodyElse() {
        String rules = "title: a\nedge: {from: '1.0.0', to: '2.0.0'}\nrules: []\nvalid: {schema: %s}\n";
        for (String name : List.of("../../../../etc/passwd", "/etc/passwd", "passwd.json")) {
            Response answer = validate(Map.of(
                    "files",
                    List.of(
                            file("demo/platform.yaml", PLATFORM),
                            file("demo/configuration/a.yaml", rules.formatted(name)))));

            assertThat(answer.asString()).contains("invalid-rules").doesNotContain("root:");
        }
    }

    @Test
    void shouldListEverythingThatIsWrongWithTheRequest() {
        Response answer = validate(Map.of(
                "files",
                List.of(
                        file("../x.yaml", "a"),
                        file("demo/a.yaml", "a"),
                        file("demo/a.yaml", "a"),
                        Map.of("path", "demo/b.yaml")),
                "extra",
                1));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder("/extra", "/files/0/path", "/files/2/path", "/files/3/content");
    }

    @Test
    void shouldTakeNoMoreThanItCanHold() {
        List<Map<String, String>> many = IntStream.range(0, 201)
                .mapToObj(i -> file("demo/f" + i + ".yaml", "a"))
                .toList();

        assertThat(validate(Map.of("files", many)).<List<String>>path("errors.pointer"))
                .contains("/files");
        assertThat(validate(Map.of("files", List.of())).statusCode()).isEqualTo(422);
        assertThat(validate(Map.of("files", List.of(file("demo/a.yaml", "x".repeat(300_000)))))
                        .statusCode())
                .isEqualTo(413);
        // As deep as a parser may go, and no deeper.
        String deep = String.join("", Collections.nCopies(5000, "["));
        assertThat(validate(Map.of("files", List.of(file("demo/a.yaml", deep)))).<List<String>>path("problems.code"))
                .contains("invalid-yaml");
    }

    @Test
    void shouldServeTheSchemasForEditors() {
        for (String name : List.of("platform", "recipe", "configuration")) {
            Response schema = authorized().get("/api/v1/schemas/" + name + ".schema.json");

            assertThat(schema.statusCode()).as(schema.asString()).isEqualTo(200);
            assertThat(schema.contentType()).startsWith("application/schema+json");
            assertThat(schema.jsonPath().getString("$id")).endsWith("/" + name + ".schema.json");
        }
        assertThat(authorized().get("/api/v1/schemas/passwd").statusCode()).isEqualTo(404);
    }

    private static Map<String, String> file(String path, String content) {
        return Map.of("path", path, "content", content);
    }

    private static Response validate(Map<String, Object> body) {
        return authorized().body(body).post("/api/v1/recipes/validate");
    }

    private static RequestSpecification authorized() {
        return given().contentType("application/json").header("Authorization", "Bearer " + AccessTest.KEY);
    }
}
