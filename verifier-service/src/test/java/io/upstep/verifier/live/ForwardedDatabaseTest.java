package io.upstep.verifier.live;

import static io.upstep.verifier.Patiently.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.event.Fact;
import io.upstep.event.Verdict;
import io.upstep.verifier.check.sql.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL behind a Service of a simulated cluster, reached through its API server. */
class ForwardedDatabaseTest {
    private static final String DATABASE = "forwarded";
    private static final TestDatabase SERVER = TestDatabase.shared();
    private static final String CONNECTION =
            "{service: db, database: " + DATABASE + ", secretRef: {name: login}, sslMode: disable}";

    private final LiveCluster cluster = LiveCluster.inSimulation();

    @BeforeEach
    void install() {
        SERVER.create(DATABASE, "create table a (id int); insert into a values (1), (2)");
        cluster.apply("{apiVersion: v1, kind: Secret, metadata: {name: login}, stringData: {username: postgres,"
                + " password: " + TestDatabase.PASSWORD + "}}");
        cluster.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: db}
                spec:
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec: {containers: [{name: db, image: "postgres:15", ports: [{name: postgresql, containerPort: 15432}]}]}
                """);
        cluster.apply(
                "{apiVersion: v1, kind: Service, metadata: {name: db}, spec: {selector: {app: db}, ports: [{port: 5432,"
                        + " targetPort: postgresql}]}}");
        cluster.simulated().settle();
        cluster.simulated().knobs().backend(cluster.installation.namespace(), "db", 5432, "127.0.0.1", SERVER.port());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldAskTheDatabaseBehindAService() {
        assertThat(query().value()).hasToString("[{\"id\":1},{\"id\":2}]");
        assertThat(cluster.verify(
                        "postgres.query",
                        "{connection: " + CONNECTION + ", query: select count(*) from a, expected: 2}"))
                .succeedsWithin(SOON)
                .matches(Verdict::isPassed);
    }

    @Test
    void shouldSayWhyThereIsNoWayToTheDatabase() {
        cluster.simulated().knobs().noBackend(cluster.installation.namespace(), "db", 5432);
        assertThat(query().unknown()).contains("database forwarded on Service db:5432 cannot be asked");

        cluster.admin
                .apps()
                .deployments()
                .inNamespace(cluster.installation.namespace())
                .withName("db")
                .scale(0);
        cluster.simulated().settle();
        assertThat(query().unknown()).contains("no pod behind Service db is ready");

        cluster.admin
                .services()
                .inNamespace(cluster.installation.namespace())
                .withName("db")
                .delete();
        assertThat(query().unknown()).contains("expected Service db in namespace verifier-test, and there is none");
    }

    @Test
    void shouldPassOnceTheDatabaseIsThere() {
        cluster.simulated().knobs().noBackend(cluster.installation.namespace(), "db", 5432);
        var verdict = cluster.verify(
                "postgres.query",
                "{connection: " + CONNECTION + ", query: select count(*) from a, expected: 2}",
                Duration.ofMinutes(1),
                seen -> cluster.simulated()
                        .knobs()
                        .backend(cluster.installation.namespace(), "db", 5432, "127.0.0.1", SERVER.port()));

        assertThat(verdict).succeedsWithin(SOON).matches(Verdict::isPassed);
    }

    private Fact query() {
        return cluster.observe(
                "postgres.query", "{connection: " + CONNECTION + ", query: select id from a order by 1}");
    }
}
