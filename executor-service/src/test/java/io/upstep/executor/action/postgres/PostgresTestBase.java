package io.upstep.executor.action.postgres;

import io.upstep.executor.TestCluster;
import io.upstep.executor.action.kubernetes.FakeContext;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A database with an empty ledger, and two attempts of one step. */
abstract class PostgresTestBase {
    static final String INSERT = "insert into ledger (epoch) values (%d)";

    @TempDir
    Path directory;

    TestCluster cluster;
    TestPostgres postgres;
    FakeContext older;
    FakeContext newer;

    @BeforeEach
    void start() {
        cluster = new TestCluster();
        postgres = new TestPostgres(directory, cluster);
        postgres.run("create table ledger (epoch bigint not null)");
        older = new FakeContext(cluster, 1, 5);
        newer = older.next();
    }

    @AfterEach
    void stop() {
        postgres.close();
        cluster.close();
    }

    static Integer insert(FencedSession session, long epoch) {
        return session.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.executeUpdate(INSERT.formatted(epoch));
            }
        });
    }

    long rows() {
        return postgres.number("select count(*) from ledger");
    }
}
