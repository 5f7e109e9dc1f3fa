package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupActionTest extends RestorePointTestBase {

    @BeforeEach
    void fill() {
        postgres.run(
                "shop",
                "create table customer (id serial, name text);"
                        + " insert into customer (name) values ('Ada'), ('Hopper'); select lo_from_bytea(0, 'deep')");
    }

    @Test
    void shouldKeepAFileForItselfAloneAndSayInTheClusterWhatIsInItWhenItRuns() throws IOException {
        Outcome.Succeeded outcome = run(backup, older, with());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file().resolveSibling(file().getFileName() + ".sha256")))
                .isEqualTo(outcome.details().path("sha256").asText() + "  " + file().getFileName() + "\n");
        RestorePoint point = new RestorePoints("before", older).get();
        assertThat(point.meta().location()).isEqualTo(fileOf("before", older).toString());
        assertThat(point.meta().bytes()).isEqualTo(Files.size(file()));
        assertThat(point.fingerprint().tables().get("public.customer").rows()).isEqualTo(2);
        assertThat(point.fingerprint().sequences()).containsEntry("public.customer_id_seq", 2L);
        assertThat(point.fingerprint().largeObjects().count()).isEqualTo(1);
        assertThat(configMap().getMetadata().getLabels())
                .containsEntry("upstep.io/plan", older.attempt().planId());
        assertThat(outcome + configMap().toString() + older.told()).doesNotContain(TestPostgres.PASSWORD, "Hopper");
    }

    @Test
    void shouldBeOfOneMomentWhenOthersGoOnWriting() {
        // The moment is settled when it begins to write; what comes then must be neither counted nor kept.
        int[] looks = new int[1];
        older.beforeWrite(() -> {
            if (++looks[0] == 2) {
                postgres.run(
                        "shop",
                        "insert into customer (name) values ('late'); create table later (n int);"
                                + " delete from customer where name = 'Ada'");
            }
        });
        run(backup, older, with());

        assertThat(looks[0]).isGreaterThan(2);
        assertThat(run(prove, step("prove", 10), with()).summary()).contains("1 tables are as they were");
        assertThat(postgres.number("upstep_proof_" + plan() + "_before", "select count(*) from customer"))
                .isEqualTo(2);
    }

    @Test
    void shouldKeepWhatItTookFirstWhenItIsTriedAgain() {
        run(backup, older, with());
        String first = configMap().getData().get(RestorePoints.FINGERPRINT);
        postgres.run("shop", "drop table customer");

        assertThat(run(backup, newer, with()).summary()).startsWith("taken already");
        assertThat(configMap().getData().get(RestorePoints.FINGERPRINT)).isEqualTo(first);
    }

    @Test
    void shouldUseTheFinishedFileWhenAnEarlierAttemptCouldNotTellOfIt() {
        run(backup, older, with());
        cluster.client().resource(configMap()).delete();
        postgres.run("shop", "drop table customer");

        assertThat(run(backup, newer, with()).summary()).startsWith("kept by an earlier attempt");
        assertThat(new RestorePoints("before", newer).get().fingerprint().tables())
                .containsKey("public.customer");
    }

    @Test
    void shouldTakeItAnewWhenAnEarlierAttemptHasLeftOnlyPartsOrDamage() throws IOException {
        run(backup, older, with());
        cluster.client().resource(configMap()).delete();
        Files.writeString(file(), "cut off");
        Files.writeString(file().resolveSibling("before.4.part"), "cut off");

        assertThat(run(backup, newer, with()).summary()).startsWith("kept database shop");
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .contains(fileOf("before", newer).getFileName().toString())
                    .noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void shouldTakeItAnewWhenWhatAnEarlierAttemptKnewIsUnreadable() throws IOException {
        run(backup, older, with());
        cluster.client().resource(configMap()).delete();
        Files.writeString(file().resolveSibling("before." + older.attempt().epoch() + ".json"), "");

        assertThat(run(backup, newer, with()).summary()).startsWith("kept database shop");
    }

    @Test
    void shouldSpoilNothingWhenItWakesUpAfterANewerHasDoneIt() {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        older.beforeWrite(() -> {
            if (paused.getCount() == 1) {
                paused.countDown();
                sleepUntil(awake);
            }
        });
        CompletableFuture<Outcome> past = CompletableFuture.supplyAsync(() -> run(backup, older, with()));
        await().atMost(Duration.ofSeconds(20)).until(() -> paused.getCount() == 0 || past.isDone());
        run(backup, newer, with());
        String taken = configMap().getData().get(RestorePoints.FINGERPRINT);
        awake.countDown();

        assertThatThrownBy(past::join).hasCauseInstanceOf(ActionException.class);
        assertThat(configMap().getData()).containsEntry(RestorePoints.FINGERPRINT, taken);
        assertThat(run(backup, newer.next(), with()).summary()).startsWith("taken already");
    }

    @Test
    void shouldNotTakeAnotherStepsForItsOwnWhenBothHaveOneName() {
        run(backup, older, with());

        assertThat(failure(backup, step("next-hop", 5), with()).code()).isEqualTo("name-taken");
    }

    @Test
    void shouldRefuseWhenThereIsNothingToKeep() {
        postgres.run("shop", "drop table customer; select lo_unlink(oid) from pg_largeobject_metadata");

        assertThat(failure(backup, older, with()).code()).isEqualTo("database-empty");
        assertThat(configMap()).isNull();
    }

    @Test
    void shouldTakeItAnewOnlyUntilItIsProvenWhenTheStepIsToBeDoneAnew() {
        run(backup, older, with());
        postgres.run("shop", "insert into customer (name) values ('Edsger')");

        assertThat(run(backup, newer.anew(), with()).summary()).startsWith("kept database shop");
        assertThat(rows()).isEqualTo(3);
        assertThat(fileOf("before", older))
                .as("of the one before nothing is lost")
                .exists();
        run(prove, step("prove", 10), with());
        postgres.run("shop", "drop table customer");
        assertThat(run(backup, step("step-1", 20).anew(), with()).summary()).startsWith("taken already");
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void shouldGoOnWithDamageNeitherSilentlyNorByItselfWhenTheFileIsNotWhatItWas() throws IOException {
        run(backup, older, with());
        Files.writeString(file(), "damaged");

        assertThat(failure(backup, newer, with()).code()).isEqualTo("backup-damaged");
        assertThat(run(backup, newer.next().anew(), with()).summary()).startsWith("kept database shop");
    }

    @Test
    void shouldEndTheToolAndLeaveNoFileWhenTheAttemptIsToEnd() {
        postgres.run("shop", "create table big as select g as n, md5(g::text) as t from generate_series(1, 10) g");
        try (var lock = lock("big")) {
            CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run(backup, older, with()));
            String dumping = "select count(*) from pg_stat_activity where datname = 'shop' and query like 'LOCK TABLE%'"
                    + " and application_name like 'upstep/%/" + older.attempt().epoch() + "'";
            await().atMost(Duration.ofSeconds(20)).until(() -> postgres.number(dumping) == 1);
            assertThat(tools()).hasSize(1).allSatisfy(line -> assertThat(line)
                    .contains("--format=custom")
                    .doesNotContain(TestPostgres.PASSWORD));
            older.stop();

            assertThatThrownBy(running::join).hasCauseInstanceOf(StoppedException.class);
            await().atMost(Duration.ofSeconds(10)).until(() -> postgres.number(dumping) == 0);
            assertThat(tools()).isEmpty();
        }
        assertThat(file()).doesNotExist();
        assertThat(configMap()).isNull();
    }

    @Test
    void shouldSayWhichItMissesWhenATableIsNotThere() {
        String with = with().replace("{name: before", "{name: before, tables: [public.customer, public.gone]");

        assertThat(failure(backup, older, with).code()).isEqualTo("table-not-found");
        assertThat(file()).doesNotExist();
    }

    @Test
    void shouldSayWhatToInstallWhenThereAreNoTools() {
        PostgresTools none = new PostgresTools(Optional.of(List.of(backups.toString())));

        assertThatThrownBy(() -> none.atLeast("pg_dump", 15))
                .hasMessageContaining("apt-get install postgresql-client-15")
                .hasMessageContaining(backups.toString());
    }

    @Test
    void shouldNotBeginWhenThereIsNoRoomForTheFile() {
        assertThatThrownBy(() -> BackupAction.requireRoom(Long.MAX_VALUE / 2, backups))
                .hasMessageContaining("upstep.executor.restore-points-dir")
                .hasMessageContaining(backups.toString());
    }

    /** The command lines of the client tools at work, as everybody on the machine may read them. */
    private static List<String> tools() {
        return ProcessHandle.current()
                .children()
                .map(child -> child.info().commandLine().orElse(""))
                .filter(line -> line.contains("pg_dump"))
                .toList();
    }

    private long rows() {
        return new RestorePoints("before", older)
                .get()
                .fingerprint()
                .tables()
                .get("public.customer")
                .rows();
    }

    private static void sleepUntil(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Lock lock(String table) {
        return new Lock(table);
    }

    /** Keeps everybody else from a table. */
    private static final class Lock implements AutoCloseable {
        private final Connection connection;

        Lock(String table) {
            try {
                connection = postgres.connect("shop");
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    statement.execute("lock table " + table + " in access exclusive mode");
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
