package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.route.Routes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecuteActionTest extends PostgresTestBase {
    private static final String TWO = "['insert into ledger values (1)', 'update ledger set epoch = epoch + 1']";
    private final ExecuteAction action =
            new ExecuteAction(new Routes(ExecutorConfig.PortForward.AUTO, Optional.empty()));

    @Test
    void shouldExecuteEveryStatementAndCountRowsWhenItRuns() {
        Outcome.Succeeded outcome = run(older, TWO);

        assertThat(outcome.summary()).startsWith("executed 2 statements in database postgres on localhost:");
        assertThat(outcome.details().path("rows").toString()).isEqualTo("[1,1]");
        assertThat(postgres.number("select epoch from ledger")).isEqualTo(2);
        assertThat(older.told()).noneMatch(line -> line.contains(TestPostgres.PASSWORD));
    }

    @Test
    void shouldExecuteOnceWhenItIsTriedAgain() {
        run(older, TWO);

        assertThat(run(newer, TWO).summary()).isEqualTo("executed by an earlier attempt");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void shouldExecuteAgainWhenEarlierAttemptsCountNoMore() {
        run(older, TWO);
        run(newer.anew(), TWO);
        run(newer.next(), TWO);

        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void shouldLeaveNothingBehindAndSayWhichWhenAStatementFails() {
        ActionException failed =
                failure(older, "['insert into ledger values (1)', 'insert into ledger values (null)']");

        assertThat(failed.code()).isEqualTo("sql-failed");
        assertThat(failed)
                .hasMessageContaining("statement 2: PostgreSQL answered 23502")
                .hasMessageNotContaining("Failing row");
        assertThat(rows()).isZero();
    }

    @Test
    void shouldBeExecutedOnceInAllWhenTheServerIsRestartedInTheMiddle() {
        String slow = "['insert into ledger values (1)', 'select pg_sleep(60)']";
        CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run(older, slow));
        await().until(() -> postgres.number(
                        "select count(*) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'")
                == 1);
        postgres.stop();
        assertThatThrownBy(running::join).hasCauseInstanceOf(ActionException.class);
        assertThat(running.handle((done, failure) ->
                                ((Outcome.Failed) ((ActionException) failure.getCause()).outcome()).retryable())
                        .join())
                .isTrue();
        assertThat(failure(newer, TWO).code()).isEqualTo("database-unreachable");
        postgres.startAgain();
        run(newer, TWO);

        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void shouldStopTheServersWorkWhenTheAttemptIsToEnd() {
        CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(
                () -> run(older, "['insert into ledger values (1)', 'select pg_sleep(60)']"));
        String asleep =
                "select count(*) from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'";
        await().until(() -> postgres.number(asleep) == 1);
        older.stop();

        assertThatThrownBy(running::join).hasCauseInstanceOf(StoppedException.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> postgres.number(asleep) == 0);
        assertThat(rows()).isZero();
    }

    @Test
    void shouldTellWhatItWouldExecuteAndNotConnectWhenItOnlyPreviews() {
        postgres.stop();
        Outcome.Succeeded preview = (Outcome.Succeeded) action.preview(bound(TWO), older);

        assertThat(preview.summary()).startsWith("would execute 2 statements");
        assertThat(preview.details().path("statements")).hasSize(2);
        postgres.startAgain();
    }

    @Test
    void shouldSayWhichSecretItExpectedWhenThereIsNone() {
        ActionException failed = catchThrowableOfType(
                ActionException.class,
                () -> action.run(bound(postgres.connection().replace("login", "gone"), TWO), older));

        assertThat(failed.code()).isEqualTo("secret-not-found");
        assertThat(failed).hasMessageContaining("Secret gone");
    }

    @Test
    void shouldNameTheKeysButNoValueWhenTheSecretHasNoSuchKey() {
        ActionException failed = catchThrowableOfType(
                ActionException.class,
                () -> action.run(
                        bound(postgres.connection().replace("name: login", "name: login, passwordKey: pw"), TWO),
                        older));

        assertThat(failed)
                .hasMessageContaining("'pw'")
                .hasMessageContaining("username")
                .hasMessageNotContaining(TestPostgres.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "['commit']",
                "[' BEGIN work']",
                "['savepoint x']",
                "['select 1', '/* a */ -- b\n commit']",
                "['-- now']",
                "['select 1; commit; update ledger set epoch = 7']"
            })
    void shouldSayWhatItExpectedWhenStatementsAreNotForOneTransaction(String statements) {
        assertThatThrownBy(() -> bound(statements)).hasMessageContaining("'statements'");
    }

    @Test
    void shouldExecuteItWhenOnlyWhatIsQuotedOrACommentHoldsSeveralStatements() {
        run(older, "[\"do $$ begin insert into ledger values (1); end $$; -- done; really\"]");

        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter user shop with PASSWORD 'hunter2'",
                "alter user shop Password $$hunter2$$",
                "alter user shop password/* */E'hunter2'"
            })
    void shouldRefuseAndNotRepeatItWhenAPasswordIsInAStatement(String statement) {
        ActionException refused = failure(older, "[\"" + statement + "\"]");

        assertThat(refused.code()).isEqualTo("secret-in-plan");
        assertThat(refused).hasMessageNotContaining("hunter2");
    }

    private Outcome.Succeeded run(StepContext context, String statements) {
        return (Outcome.Succeeded) action.run(bound(statements), context);
    }

    private ActionException failure(StepContext context, String statements) {
        return catchThrowableOfType(ActionException.class, () -> action.run(bound(statements), context));
    }

    private ExecuteAction.With bound(String statements) {
        return bound(postgres.connection(), statements);
    }

    private ExecuteAction.With bound(String connection, String statements) {
        try {
            ObjectNode with = (ObjectNode)
                    new YAMLMapper().readTree("{connection: %s, statements: %s}".formatted(connection, statements));
            return Parameters.bind(action.name(), with, action.parameters());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
