package io.upstep.planner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.upstep.planner.plan.Submission;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private static final String GOOD = """
            {"platform":"polyaxon","installation":{"cluster":"local","namespace":"polyaxon","release":"p"},"target":"1.20.0"}""";

    @Test
    void shouldReadAPlanWhenEverythingIsThere() {
        Submission plan = PlanRequests.submission(bytes(GOOD));

        assertThat(plan.platform()).isEqualTo("polyaxon");
        assertThat(plan.installation()).hasToString("local/polyaxon/p");
        assertThat(plan.start()).isEqualTo(Submission.Start.MANUAL);
        assertThat(plan.parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "not json", "{\"a\":1,\"a\":2}", "{} {}", "\u0000"})
    void shouldSayThatItIsNoJsonWhenItIsNone(String body) {
        Problem problem = problem(body);

        assertThat(problem.code()).isEqualTo("malformed-json");
        assertThat(problem.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"text\"", "null", "true"})
    void shouldAskForAnObjectWhenSomethingElseComes(String body) {
        assertThat(problem(body).code()).isEqualTo("invalid-request");
    }

    @Test
    void shouldListEverythingThatIsWrongWhenMoreThanOneThingIs() {
        Problem problem = problem("""
                {"platform":7,"installation":{"cluster":"Not A Name","namespace":"n"},"start":"now","extra":1}""");

        assertThat(problem.errors())
                .extracting(Problem.Invalid::pointer)
                .containsExactlyInAnyOrder(
                        "/platform", "/installation/cluster", "/installation/release", "/target", "/start", "/extra");
    }

    @ParameterizedTest
    @CsvSource({"platform, ''", "target, '   '", "target, " + LONG})
    void shouldRefuseATextWhenItIsEmptyOrTooLong(String field, String value) {
        String body = GOOD.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"" + value + "\"");

        assertThat(problem(body).errors()).extracting(Problem.Invalid::pointer).containsExactly("/" + field);
    }

    private static final String LONG =
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    @Test
    void shouldNotRepeatAllOfItWhenSomethingHugeComes() {
        Problem problem = problem("{\"platform\":\"" + "x".repeat(100_000) + "\"}");

        assertThat(problem.toString()).hasSizeLessThan(5_000);
    }

    @Property(tries = 300)
    void shouldAnswerWithAProblemAndNothingElseWhenAnythingComes(@ForAll byte[] body) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> PlanRequests.submission(body));

        assertThat(problem).isNotNull();
        assertThat(problem.problem().remedy()).isNotBlank();
    }

    private static Problem problem(String body) {
        return catchThrowableOfType(ProblemException.class, () -> PlanRequests.submission(bytes(body)))
                .problem();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
