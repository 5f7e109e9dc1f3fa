package io.upstep.planner.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(AccessTest.WithKey.class)
class AccessTest {
    static final String KEY = "a-key-for-this-test";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/plans",
                "/api/v1/plans/",
                "/api;x/v1/plans",
                "/api;x=/../v1/plans",
                "//api/v1/plans",
                "/q/../api/v1/plans",
                "/%61pi/v1/plans",
                "/api/v1/events",
                "/api/v1/nothing"
            })
    void shouldTellNothingWhenTheKeyIsMissing(String path) {
        Response answer = given().urlEncodingEnabled(false).get(path);

        assertThat(answer.statusCode()).as(answer.asString()).isIn(401, 404);
        assertThat(answer.asString()).doesNotContain("\"plans\"");
    }

    @Test
    void shouldAskForTheKeyWhenItIsMissingOrWrong() {
        assertThat(given().get("/api/v1/plans").<String>path("code")).isEqualTo("unauthenticated");
        assertThat(given().header("Authorization", "Bearer wrong")
                        .get("/api/v1/plans")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void shouldAnswerWhenTheKeyIsRight() {
        Response answer = given().header("Authorization", "Bearer " + KEY).get("/api/v1/plans");

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    }

    @Test
    void shouldShowConsoleAndHealthWithoutAKey() {
        assertThat(given().get("/").statusCode()).isEqualTo(200);
        assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldTurnAwayAPageOfAnotherSiteEvenWithTheKey() {
        Response answer = given().header("Authorization", "Bearer " + KEY)
                .header("Origin", "https://elsewhere.example")
                .get("/api/v1/plans");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.<String>path("code")).isEqualTo("foreign-origin");
    }

    @Test
    void shouldRefuseNamesThatAreNoneWhenListing() {
        Response answer = given().header("Authorization", "Bearer " + KEY)
                .urlEncodingEnabled(false)
                .get("/api/v1/plans?platform=%00");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.<String>path("code")).isEqualTo("invalid-parameter");
    }

    /** A planner that asks for a key. */
    public static class WithKey implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "upstep.planner.api.key", KEY,
                    "upstep.broker", "embedded",
                    "upstep.data-dir", "target/access-test",
                    "quarkus.http.test-port", "0");
        }
    }
}
