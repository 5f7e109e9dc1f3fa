package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.route.Routes;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CreateDatabaseActionTest extends RestorePointTestBase {
    private Action<CreateDatabaseAction.With> create;
    private Action<DropDatabaseAction.With> drop;

    @BeforeEach
    void nothingThere() {
        drop("fresh");
        Routes routes = new Routes(ExecutorConfig.PortForward.AUTO, Optional.empty());
        create = new CreateDatabaseAction(routes);
        drop = new DropDatabaseAction(routes);
    }

    @Test
    void shouldMakeTheDatabaseCompletelyEmptyWhenItIsNotThere() {
        postgres.run("template1", "create table if not exists left_in_template (id int)");
        try {
            assertThat(run(create, older, fresh())
                            .details()
                            .path("madeByThisPlan")
                            .asBoolean())
                    .isTrue();

            assertThat(postgres.number("fresh", "select count(*) from pg_tables where schemaname = 'public'"))
                    .isZero();
            assertThat(run(create, older.next(), fresh()).summary()).contains("is there and completely empty");
        } finally {
            postgres.run("template1", "drop table left_in_template");
        }
    }

    @Test
    void shouldTakeAnEmptyDatabaseOfSomebodyElsesWithItsExtensionsAndNotDropIt() {
        postgres.run("create database fresh");
        postgres.run("fresh", "create extension pgcrypto");

        assertThat(run(create, older, fresh()).details().path("madeByThisPlan").asBoolean())
                .isFalse();
        assertThat(run(drop, step("undo-create", 10), fresh()).summary()).startsWith("kept");
        assertThat(postgres.exists("fresh")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create sequence lone|sequence public.lone",
                "create table lone (id int)|table public.lone",
                "create schema lone|schema lone",
                "create schema s; create view s.lone as select 1|view s.lone",
                "create type lone as enum ('a')|type public.lone",
                "create function lone() returns int language sql as 'select 1'|function public.lone",
                "select lo_create(4711)|large object 4711"
            })
    void shouldRefuseADatabaseWithAnythingInItAndNameIt(String example) {
        String[] parts = example.split("\\|");
        postgres.run("create database fresh");
        postgres.run("fresh", parts[0]);

        ActionException failure = failure(create, older, fresh());

        assertThat(failure.code()).isEqualTo("database-not-empty");
        assertThat(failure).hasMessageContaining(parts[1]).hasMessageContaining("name another database");
        assertThat(((Outcome.Failed) failure.outcome()).retryable()).isFalse();
    }

    @Test
    void shouldDropOnlyWhatIsStillAsItWasMade() {
        run(create, older, fresh());
        assertThat(run(drop, step("undo-create", 10), fresh()).summary()).startsWith("dropped");
        assertThat(postgres.exists("fresh")).isFalse();
        assertThat(run(drop, step("undo-create", 20), fresh()).summary()).startsWith("there is no");

        run(create, step("create-2", 30), fresh());
        postgres.run("fresh", "create table specs (id int)");

        assertThat(run(drop, step("undo-create", 40), fresh())
                        .details()
                        .path("kept")
                        .get(0)
                        .asText())
                .isEqualTo("table public.specs");
        assertThat(postgres.exists("fresh")).isTrue();
        assertThat(failure(create, step("create-2", 50), fresh())).hasMessageContaining("which this plan has made");
    }

    @Test
    void shouldMakeItOnceWhenItIsCutOffAtEveryStep() {
        FakeContext attempt = older;
        int cuts = 0;
        for (boolean done = false; !done; ) {
            int[] left = {++cuts};
            attempt.beforeWrite(() -> {
                if (--left[0] == 0) {
                    throw new StoppedException("cut off");
                }
            });
            try {
                run(create, attempt, fresh());
                done = true;
            } catch (StoppedException e) {
                attempt = attempt.next();
            }
        }

        assertThat(cuts).as("there were steps to be cut off at").isGreaterThan(4);
        assertThat(postgres.text(
                        "postgres", "select string_agg(datname, ' ') from pg_database where datname like 'fresh%'"))
                .isEqualTo("fresh");
    }

    @Test
    void shouldNotMakeItWhenANewerAttemptHasTheServer() {
        run(create, newer, fresh());
        drop("fresh");

        assertThat(failure(create, older, fresh()).code()).isEqualTo("fenced");
        assertThat(postgres.exists("fresh")).isFalse();
    }

    @Test
    void shouldChangeNothingWhenItIsOnlyPreviewed() {
        assertThat(create.preview(bound(create, fresh()), older).toString()).contains("would make database fresh");
        assertThat(drop.preview(bound(drop, fresh()), older).toString()).contains("would drop database fresh");
        assertThat(postgres.exists("fresh")).isFalse();
    }

    @Test
    void shouldRefuseANameThatTheServerWouldCutOff() {
        assertThatThrownBy(() -> bound(create, "{connection: " + postgres.connection("x".repeat(64)) + "}"))
                .hasMessageContaining("at most 63 bytes");
    }

    private static String fresh() {
        return "{connection: " + postgres.connection("fresh") + "}";
    }
}
