package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestoreActionTest extends RestorePointTestBase {
    private FakeContext restoring;
    private String kept;

    @BeforeEach
    void backUpAndGoOn() throws IOException {
        restoring = step("restore", 10);
        kept = "shop_before_restore_" + plan();
        postgres.run("shop", FingerprintReaderTest.resource("fingerprint-example.sql"));
        run(backup, older, with());
        postgres.run("shop", "drop table child; delete from many; select lo_unlink(50001)");
    }

    @Test
    void shouldHaveWhatWasThereAndKeepWhatCameSinceWhenItRuns() {
        Outcome.Succeeded outcome = run(restore, restoring, with());

        assertThat(outcome.details().path("kept").asText()).isEqualTo(kept);
        assertAsBefore();
        assertThat(postgres.text("shop", "select convert_from(lo_get(50003), 'UTF8')"))
                .isEqualTo("hello");
        assertThat(postgres.number(kept, "select count(*) from many")).isZero();
        assertThat(run(dropKept, restoring.next(), "{connection: " + postgres.connection("shop") + "}")
                        .summary())
                .isEqualTo("dropped [" + kept + "]");
        assertThat(postgres.exists(kept)).isFalse();
        assertAsBefore();
    }

    @Test
    void shouldDoItOnceWhenItIsTriedAgainAndAgainWhenItIsToBeDoneAnew() {
        run(restore, restoring, with());
        postgres.run("shop", "insert into many values (-1)");

        assertThat(run(restore, restoring.next(), with()).summary()).isEqualTo("restored by an earlier attempt");
        assertThat(postgres.number("shop", "select count(*) from many")).isEqualTo(1501);
        run(restore, restoring.next().next().anew(), with());
        assertAsBefore();
        run(restore, step("restore-2", 40), with());
        assertAsBefore();
        assertThat(postgres.number(kept + "_2", "select count(*) from many")).isEqualTo(1501);
    }

    @Test
    void shouldComeToTheSameEndWhenItIsCutOffAtEveryStep() {
        FakeContext attempt = restoring;
        boolean done = false;
        int cuts = 0;
        while (!done) {
            int[] left = {++cuts};
            attempt.beforeWrite(() -> {
                if (--left[0] == 0) {
                    throw new StoppedException("cut off");
                }
            });
            try {
                run(restore, attempt, with());
                done = true;
            } catch (StoppedException e) {
                attempt = attempt.next();
            }
            // At no moment is there no database of this name.
            assertThat(postgres.exists("shop")).isTrue();
        }

        assertThat(cuts).as("there were steps to be cut off at").isGreaterThan(8);
        assertAsBefore();
        assertThat(postgres.text(
                        "postgres",
                        "select string_agg(datname, ' ') from pg_database where datname like '%" + plan() + "%'"))
                .as("what it was before, and no leftovers")
                .isEqualTo(kept);
    }

    @Test
    void shouldGoOnFromTheWholeCopyWhenAnEarlierAttemptHasMadeIt() throws IOException {
        restoring.beforeWrite(() -> {
            if (postgres.exists("shop_upstep_" + plan())) {
                throw new StoppedException("cut off");
            }
        });
        assertThatThrownBy(() -> run(restore, restoring, with())).isInstanceOf(StoppedException.class);
        Files.delete(file());
        FakeContext next = restoring.next();
        run(restore, next, with());

        assertThat(next.told()).anyMatch(line -> line.contains("which an earlier attempt has restored and compared"));
        assertAsBefore();
    }

    @Test
    void shouldEndTheSessionsOfThoseWhoComeBackAllTheTimeWhenItTakesTheDatabasesPlace() {
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<?>[] pool = new CompletableFuture<?>[4];
        for (int i = 0; i < pool.length; i++) {
            pool[i] = CompletableFuture.runAsync(() -> comeBack(stop), task -> new Thread(task).start());
        }
        try {
            run(restore, restoring, with());
        } finally {
            stop.set(true);
        }
        CompletableFuture.allOf(pool).join();

        assertAsBefore();
    }

    private static void comeBack(AtomicBoolean stop) {
        while (!stop.get()) {
            try (var connection = postgres.connect("shop");
                    var statement = connection.createStatement()) {
                while (!stop.get()) {
                    statement.execute("select pg_sleep(0.01)");
                }
            } catch (SQLException e) {
                // Ended by the server: at once again, as a pool does.
            }
        }
    }

    @Test
    void shouldChangeNothingMoreWhenItWakesUpAfterANewerHasDoneIt() {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        restoring.beforeWrite(() -> {
            if (paused.getCount() == 1 && postgres.exists("shop_upstep_" + plan())) {
                paused.countDown();
                sleepUntil(awake);
            }
        });
        CompletableFuture<Outcome> past = CompletableFuture.supplyAsync(() -> run(restore, restoring, with()));
        await().atMost(Duration.ofSeconds(20)).until(() -> paused.getCount() == 0 || past.isDone());
        run(restore, restoring.next(), with());
        postgres.run("shop", "insert into many values (-1)");
        awake.countDown();

        assertThatThrownBy(past::join).hasCauseInstanceOf(ActionException.class);
        assertThat(postgres.number("shop", "select count(*) from many")).isEqualTo(1501);
        assertThat(postgres.exists(kept + "_2")).isFalse();
    }

    @Test
    void shouldKeepOutWhoWasAtWorkBeforeItWhenTheBackupHoldsAnOlderFence() {
        postgres.run("shop", "drop schema upstep cascade");
        FencedSession.open(postgres.database().named("shop"), older).close();
        run(backup, step("again", 3), with().replace("before", "fenced"));
        FakeContext atWork = step("at-work", 7);
        run(restore, restoring, with().replace("before", "fenced"));

        assertThat(catchThrowableOfType(
                                ActionException.class,
                                () -> FencedSession.open(postgres.database().named("shop"), atWork))
                        .code())
                .isEqualTo("fenced");
    }

    /** Feast's charts work on it, for one. */
    @Test
    void shouldPutBackTheServersOwnDatabaseWhenThatIsTheOneInUse() {
        String own = with("postgres").replace("before", "own");
        postgres.run("create table if not exists in_use as select 1 as id");
        try {
            run(backup, step("back-up-own", 20), own);
            postgres.run("delete from in_use");
            run(restore, step("restore-own", 30), own);

            assertThat(postgres.number("select count(*) from in_use")).isEqualTo(1);
            assertThat(run(dropKept, step("drop-own", 40), "{connection: " + postgres.connection("postgres") + "}")
                            .summary())
                    .startsWith("dropped [postgres_before_restore_");
        } finally {
            postgres.run("drop table in_use");
        }
    }

    @Test
    void shouldMakeTheDatabaseWhenThereIsNone() {
        drop("shop");

        assertThat(run(restore, restoring, with()).summary()).endsWith("it did not exist before");
        assertAsBefore();
        assertThat(run(dropKept, restoring.next(), "{connection: " + postgres.connection("shop") + "}")
                        .summary())
                .startsWith("nothing of");
    }

    @Test
    void shouldCarryOverWhatIsTheDatabasesOwnWhenItTakesItsPlace() {
        postgres.run("drop role if exists reader; create role reader; drop role if exists keeper; create role keeper;"
                + " alter database shop owner to keeper; alter database shop connection limit 17;"
                + " alter database shop set search_path to \"$user\", public, \"Odd Names\";"
                + " alter database shop set work_mem to '7MB'; alter role reader in database shop set work_mem to '9MB';"
                + " revoke all on database shop from public; grant connect on database shop to reader;"
                + " comment on database shop is 'the shop''s'");
        String query =
                "select datconnlimit || ' ' || pg_get_userbyid(datdba) || ' ' || shobj_description(oid, 'pg_database')"
                        + " || ' ' || has_database_privilege('reader', datname, 'connect') || has_database_privilege('reader', datname, 'temp')"
                        + " || (select string_agg(setrole::regrole || array_to_string(setconfig, ';'), ' ' order by setrole)"
                        + " from pg_db_role_setting where setdatabase = oid) from pg_database where datname = 'shop'";
        String before = postgres.text("postgres", query);
        Outcome.Succeeded outcome = run(restore, restoring, with());

        assertThat(outcome.details().path("notes")).isEmpty();
        assertThat(before).contains("17 keeper", "truefalse", "Odd Names", "9MB");
        assertThat(postgres.text("postgres", query)).isEqualTo(before);
        drop("shop");
        drop(kept);
    }

    @Test
    void shouldExecuteNothingThatASettingSaysWhenItIsCarriedOver() {
        postgres.run("drop role if exists climber; create role climber");
        postgres.run("select set_config('search_path', 'public;alter/**/role/**/climber/**/superuser', false);"
                + " alter database shop set search_path from current");

        run(restore, restoring, with());

        assertThat(postgres.number("select rolsuper::int from pg_roles where rolname = 'climber'"))
                .isZero();
        assertThat(postgres.text("shop", "show search_path"))
                .isEqualTo("\"public;alter/**/role/**/climber/**/superuser\"");
    }

    @Test
    void shouldGiveEverythingToTheOwnerWhenOneIsNamed() {
        postgres.run("drop role if exists heir; create role heir");
        Outcome.Succeeded outcome =
                run(restore, restoring, with().replace("{name: before", "{owner: heir, name: before"));

        assertThat(postgres.text("shop", "select tableowner from pg_tables where tablename = 'many'"))
                .isEqualTo("heir");
        assertThat(postgres.text("shop", "select pg_get_userbyid(datdba) from pg_database where datname = 'shop'"))
                .isEqualTo("heir");
        assertThat(outcome.details().path("notes").toString()).contains("heir");
        drop("shop");
    }

    @Test
    void shouldRestoreItsOwnWhenTheUserIsNoSuperuser() {
        postgres.run("drop role if exists app; create role app login createdb");
        postgres.run("create database appdb owner app");
        TestPostgres.login(cluster, "app-" + plan(), "app");
        String with =
                with("appdb").replace("name: login", "name: app-" + plan()).replace("before", "own");
        try {
            // The fence's database is made by whoever comes first; here that was a superuser.
            postgres.run(
                    "upstep",
                    "grant usage on schema upstep to app; grant select, insert, update on all tables in schema upstep to app");
            postgres.run("appdb", "set role app; create table t (n int); insert into t values (1)");
            run(backup, older, with);
            postgres.run("appdb", "drop table t");
            Outcome.Succeeded outcome = run(restore, restoring, with);

            assertThat(postgres.number("appdb", "select count(*) from t")).isEqualTo(1);
            assertThat(outcome.details().path("notes")).isEmpty();
        } finally {
            postgres.run("drop database if exists appdb with (force)");
        }
    }

    private static void sleepUntil(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertAsBefore() {
        assertThat(postgres.number("shop", "select count(*) from many")).isEqualTo(1500);
        assertThat(postgres.number("shop", "select count(*) from child")).isEqualTo(2);
        assertThat(postgres.number("shop", "select count(*) from pg_largeobject_metadata"))
                .isEqualTo(3);
        assertThat(postgres.number("shop", "select last_value from counted")).isEqualTo(-3);
    }
}
