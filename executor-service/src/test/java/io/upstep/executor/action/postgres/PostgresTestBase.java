package io.upstep.executor.action.postgres;

import io.upstep.executor.TestCluster;
import io.upstep.executor.action.kubernetes.FakeContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A database with an empty ledger, and two attempts of one step. */
abstract class PostgresTestBase {
    static final String INSERT = "insert into ledger (epoch) values (%d)";

    static TestCluster cluster;
    static TestPostgres postgres;
    FakeContext older;
    FakeContext newer;

    @BeforeAll
    static void start() {
        cluster = new TestCluster();
        postgres = TestPostgres.shared(cluster);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void empty() {
        postgres.run("drop schema if exists upstep cascade; drop table if exists ledger;"
                + " create table ledger (epoch bigint not null)");
        older = new FakeContext(cluster, 1, 5);
        newer = older.next();
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
