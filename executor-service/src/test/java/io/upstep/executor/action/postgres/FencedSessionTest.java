package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FencedSessionTest extends PostgresTestBase {

    @Test
    void shouldWriteDownWhoHasTheDatabaseWhenItOpens() {
        try (FencedSession session = FencedSession.open(postgres.database(), older)) {
            insert(session, 5);
            assertThat(postgres.number(
                            "select count(*) from pg_stat_activity where application_name like 'upstep/%/web/5'"))
                    .isEqualTo(1);
        }

        assertThat(postgres.number("select count(*) from upstep.fence where installation like '%/web' and epoch = 5"
                        + " and plan like '0f8fad5b%' and step = 'step-1' and attempt = 1 and planner = 'ours'"))
                .isEqualTo(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void shouldCommitNothingMoreOfTheOlderWhenANewerHasOpened() {
        try (FencedSession before = FencedSession.open(postgres.database(), older);
                FencedSession after = FencedSession.open(postgres.database(), newer)) {
            insert(after, 6);

            assertThatThrownBy(() -> insert(before, 5)).isInstanceOf(ActionException.class);
        }
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void shouldRefuseTheOlderWhenItOpensLater() {
        FencedSession.open(postgres.database(), newer).close();
        ActionException refused =
                catchThrowableOfType(ActionException.class, () -> FencedSession.open(postgres.database(), older));

        assertThat(refused.code()).isEqualTo("fenced");
        assertThat(refused).hasMessageContaining("at 6").hasMessageContaining("upstep.fence");
    }

    @Test
    void shouldUndoWhatAPausedOneHasBegunWhenANewerOpens() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        FencedSession paused = FencedSession.open(postgres.database(), older);
        CompletableFuture<Object> past = CompletableFuture.supplyAsync(() -> paused.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                statement.executeUpdate(INSERT.formatted(5));
                begun.countDown();
                sleepUntil(awake);
                return statement.executeUpdate(INSERT.formatted(5));
            }
        }));
        await().until(() -> begun.getCount() == 0);
        try (FencedSession after = FencedSession.open(postgres.database(), newer)) {
            insert(after, 6);
        }
        awake.countDown();

        assertThatThrownBy(past::join).hasCauseInstanceOf(ActionException.class);
        assertThat(postgres.number("select min(epoch) from ledger")).isEqualTo(6);
        assertThat(rows()).isEqualTo(1);
        paused.close();
    }

    @Test
    void shouldNotCommitWhenTheInstallationWasLostDuringTheWork() {
        int[] looks = new int[1];
        try (FencedSession session = FencedSession.open(postgres.database(), older)) {
            older.beforeWrite(() -> {
                if (++looks[0] == 2) {
                    throw new StoppedException("lost it");
                }
            });
            assertThatThrownBy(() -> insert(session, 5)).hasMessage("lost it");
        }
        assertThat(rows()).isZero();
    }

    @Test
    void shouldWaitAndSaySoWhenSomebodyElseHasTheRow() {
        FencedSession.open(postgres.database(), older).close();
        CountDownLatch done = new CountDownLatch(1);
        CompletableFuture<Void> administrator = CompletableFuture.runAsync(() -> hold(done));
        await().until(() -> postgres.number(
                        "select count(*) from pg_locks where relation = 'upstep.fence'::regclass and mode = 'RowShareLock'")
                > 0);
        CompletableFuture<Void> opening = CompletableFuture.runAsync(
                () -> FencedSession.open(postgres.database(), newer).close());

        await().atMost(Duration.ofSeconds(20))
                .until(() -> newer.told().stream().anyMatch(line -> line.contains("waiting for another session")));
        assertThat(opening).isNotDone();
        done.countDown();
        administrator.join();
        opening.join();
    }

    @Test
    void shouldGoOnWhenARestoredDatabaseHoldsAnOlderRow() {
        try (FencedSession session = FencedSession.open(postgres.database(), newer)) {
            postgres.run("update upstep.fence set epoch = 2");
            insert(session, 6);
        }

        assertThat(postgres.number("select epoch from upstep.fence")).isEqualTo(6);
    }

    private void hold(CountDownLatch done) {
        try (var connection = java.sql.DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + postgres.database().port() + "/postgres", "postgres", "");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeQuery("select 1 from upstep.fence for update");
            done.await();
            connection.rollback();
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void sleepUntil(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
