package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolOutputTest {
    private final ToolOutput output = new ToolOutput();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pg_dump: error: connection to server at \"db\", port 5432 failed: FATAL:  password authentication failed for user \"a\" | database-login-refused | false",
                "pg_dump: error: connection to server at \"db\", port 5432 failed: Connection refused | database-unreachable | true",
                "pg_restore: error: could not execute query: server closed the connection unexpectedly | database-unreachable | true",
                "pg_restore: error: could not execute query: ERROR:  role \"keeper\" does not exist | restore-failed | false",
                "pg_restore: fatal: unrecognized | restore-failed | false"
            })
    void shouldTellWhoseFailureItIsAndStopWhenTheToolComplains(String line, String code, boolean passing) {
        assertThat(output.line(line)).isEqualTo(ToolOutput.Next.STOP);
        assertThat(output.isDone(0)).isFalse();
        assertThat(output.failure("restore-failed", "it: ").outcome().toString())
                .contains("code=" + code, "retryable=" + passing);
    }

    @Test
    void shouldGoOnWhenAnOlderServerDoesNotKnowASetting() {
        assertThat(output.line("pg_restore: creating TABLE \"public.t\"")).isEqualTo(ToolOutput.Next.GO_ON);
        assertThat(output.line("pg_restore: error: could not execute query: ERROR:  unrecognized configuration"
                        + " parameter \"transaction_timeout\""))
                .isEqualTo(ToolOutput.Next.GO_ON);
        output.line("Command was: SET transaction_timeout = 0;");

        assertThat(output.items()).isEqualTo(1);
        assertThat(output.isDone(1)).isTrue();
        assertThat(output.isDone(137)).isFalse();
    }

    @Test
    void shouldNotTakeItForDoneWhenTheToolEndsWithoutAWord() {
        assertThat(output.isDone(1)).isFalse();
        assertThat(output.failure("restore-failed", "it: ").outcome().toString())
                .contains("retryable=true");
    }

    @Test
    void shouldNotRepeatRowsWhenTheServerQuotesThem() {
        output.line("pg_restore: error: COPY failed for table \"t\": ERROR:  invalid input syntax");
        output.line("CONTEXT:  COPY t, line 1, column n: \"hunter2\"");

        assertThat(output.failure("restore-failed", "it: ")).hasMessageNotContaining("hunter2");
    }
}
