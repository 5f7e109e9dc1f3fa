package io.upstep.executor.action.postgres;

import static io.upstep.executor.action.postgres.RestorePointTestBase.bound;
import static io.upstep.executor.action.postgres.RestorePointTestBase.failure;
import static io.upstep.executor.action.postgres.RestorePointTestBase.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.route.Routes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssertActionTest extends PostgresTestBase {
    private final AssertAction action = new AssertAction(new Routes(PortForward.AUTO, Optional.empty()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select count(*) from ledger | 0",
                "select 1.50 | 1.5",
                "select true | true",
                "select 'a' | a",
                "select 1 where false | none",
                "select generate_series(1, 3) | {rows: 3}"
            })
    void shouldGoOnWhenTheAnswerIsAsExpected(String query, String expected) {
        assertThat(run(action, older, with(query, expected)).summary()).startsWith("the answer is as expected");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 2 | 1 | expected 1, came 2",
                "select 1 where false | 1 | came no rows",
                "select 1 | none | expected no rows, came at least 1 rows",
                "select generate_series(1, 5) | {rows: 2} | expected 2 rows, came at least 3 rows",
                "select 1 | {rows: 2} | expected 2 rows, came 1 rows",
                "select 1, 2 | 1 | came more than one value",
                "select generate_series(1, 3) | 1 | came more than one value"
            })
    void shouldSayWhatItExpectedAndWhatCameWhenTheAnswerIsAnother(String query, String expected, String said) {
        assertThat(failure(action, older, with(query, expected)))
                .hasMessageContaining(said)
                .extracting(ActionException::code)
                .isEqualTo("assertion-failed");
    }

    @Test
    void shouldChangeNothingWhenTheQueryWould() {
        assertThat(failure(action, older, with("create table t (n int)", "none")))
                .hasMessageContaining("25006");
    }

    @Test
    void shouldSayHowManyAtMostWhenMoreRowsAreExpectedThanItCounts() {
        assertThatThrownBy(() -> bound(action, with("select 1", "{rows: 100001}")))
                .hasMessageContaining("count larger ones in SQL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1; select 2", "commit", ""})
    void shouldSayWhatItExpectedWhenItIsNotOneStatement(String query) {
        assertThatThrownBy(() -> bound(action, with(query, "1"))).hasMessageContaining("'query'");
    }

    private static String with(String query, String expected) {
        return "{connection: %s, query: \"%s\", expected: %s}".formatted(postgres.connection(), query, expected);
    }
}
