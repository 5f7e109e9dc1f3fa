package io.upstep.executor.action.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.postgres.TestPostgres;
import io.upstep.executor.action.route.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateActionTest {
    private static final String ASLEEP =
            "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active'"
                    + " and pid <> pg_backend_pid()";

    @TempDir
    static Path directory;

    private static TestCluster cluster;
    private static TestPostgres postgres;
    private static long epoch;

    private final MigrateAction action = new MigrateAction(new Routes(PortForward.AUTO, Optional.empty()));
    private FakeContext older;

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
    void clean() {
        epoch += 100;
        older = new FakeContext(cluster, 1, epoch);
        postgres.run("drop schema if exists upstep cascade; drop schema public cascade; create schema public");
        cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("scripts")
                .delete();
    }

    @Test
    void shouldRunEveryScriptOnceAndTellTheHistoryWhenItRuns() {
        scripts(Map.of("V1__make.sql", "create table t (n int);", "V1_1__fill.sql", "insert into t values (1);"));

        assertThat(preview()).contains("V1__make.sql, V1_1__fill.sql");
        assertThat(postgres.number("select count(*) from pg_tables where schemaname = 'public'"))
                .isZero();
        Outcome.Succeeded outcome = run(older, "");
        assertThat(outcome.details().path("version").asText()).isEqualTo("1.1");
        assertThat(outcome.details().path("executed").toString()).isEqualTo("[\"V1__make.sql\",\"V1_1__fill.sql\"]");
        assertThat(outcome.details().at("/history/1/script").asText()).isEqualTo("V1_1__fill.sql");
        assertThat(outcome.details().at("/history/1/success").asBoolean()).isTrue();
        assertThat(run(older.next(), "").summary()).endsWith("is at version 1.1 already");
        assertThat(postgres.number("select count(*) from t")).isEqualTo(1);
    }

    @Test
    void shouldBeginBehindTheBaselineWhenTheSchemaHasTablesAndNoHistory() throws IOException {
        postgres.run("create table t (n int)");
        Path scripts = Files.createDirectories(directory.resolve("scripts"));
        Files.writeString(scripts.resolve("V1__make.sql"), "create table t (n int);");
        Files.writeString(scripts.resolve("V2__widen.sql"), "alter table t add column m int;");
        Files.writeString(scripts.resolve("README.md"), "what this is");
        String with = "{connection: %s, scripts: {path: '%s'}%s}";

        assertThat(failure(older, with.formatted(postgres.connection(), scripts, ""))
                        .code())
                .isEqualTo("migration-failed");
        Outcome.Succeeded outcome = (Outcome.Succeeded) action.run(
                bound(with.formatted(
                        postgres.connection(),
                        scripts,
                        ", table: versions, baselineVersion: '1', baselineOnMigrate: true")),
                older);
        assertThat(outcome.details().at("/history/0/description").asText()).isEqualTo("<< Flyway Baseline >>");
        assertThat(postgres.text("postgres", "select script from versions order by installed_rank desc"))
                .isEqualTo("V2__widen.sql");
    }

    @Test
    void shouldNameScriptAndLineAndHowTheSchemaIsWhenAScriptFails() {
        scripts(Map.of(
                "V1__make.sql", "create table t (n int not null);",
                "V2__wrong.sql", "create table u (n int);\n\ninsert into t values (null), ('hunter2'::int);"));

        ActionException failed = failure(older, with(""));
        assertThat(failed.code()).isEqualTo("migration-failed");
        assertThat(failed)
                .hasMessageContaining("script V2__wrong.sql, line 3: PostgreSQL answered 22P02")
                .hasMessageContaining("undone, and the schema is at version 1")
                .hasMessageNotContaining("insert into");
        assertThat(postgres.number("select count(*) from pg_tables where tablename = 'u'"))
                .isZero();
    }

    @Test
    void shouldMigrateOnceWhenANewerAttemptTakesOverFromOneAtWork() {
        scripts(Map.of("V1__slow.sql", "create table t (n int); select pg_sleep(60);"));
        CompletableFuture<Outcome> past = CompletableFuture.supplyAsync(() -> run(older, ""));
        await().atMost(Duration.ofSeconds(20)).until(() -> postgres.number(ASLEEP) == 1);
        cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("scripts")
                .delete();
        scripts(Map.of("V1__quick.sql", "create table t (n int);"));

        assertThat(run(older.next(), "").summary()).startsWith("ran 1 scripts");
        assertThatThrownBy(past::join).hasCauseInstanceOf(ActionException.class);
        assertThat(postgres.number(ASLEEP)).isZero();
        assertThat(failure(older, with("")).code()).isEqualTo("fenced");
    }

    @Test
    void shouldStopTheServersWorkWhenTheAttemptIsToEnd() {
        scripts(Map.of("V1__slow.sql", "create table t (n int); select pg_sleep(60);"));
        CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> run(older, ""));
        await().atMost(Duration.ofSeconds(20)).until(() -> postgres.number(ASLEEP) == 1);
        older.stop();

        assertThatThrownBy(running::join).hasCauseInstanceOf(StoppedException.class);
        await().atMost(Duration.ofSeconds(30)).until(() -> postgres.number(ASLEEP) == 0);
        assertThat(postgres.number("select count(*) from pg_tables where tablename = 't'"))
                .isZero();
    }

    @Test
    void shouldSayWhichWhenFlywayWouldPassOverAScript() {
        scripts(Map.of("V1__make.sql", "create table t (n int);", "v2_typo.sql", "drop table t;"));

        assertThat(failure(older, with("")))
                .hasMessageContaining("v2_typo.sql")
                .extracting(ActionException::code)
                .isEqualTo("invalid-script-name");
        cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("scripts")
                .delete();
        assertThat(failure(older, with("")).code()).isEqualTo("no-scripts");
    }

    private static void scripts(Map<String, String> data) {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("scripts")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    private Outcome.Succeeded run(StepContext context, String more) {
        return (Outcome.Succeeded) action.run(bound(with(more)), context);
    }

    private String preview() {
        return action.preview(bound(with("")), older).summary();
    }

    private ActionException failure(StepContext context, String with) {
        return catchThrowableOfType(ActionException.class, () -> action.run(bound(with), context));
    }

    private static String with(String more) {
        return "{connection: %s, scripts: {configMap: scripts}%s}".formatted(postgres.connection(), more);
    }

    private MigrateAction.With bound(String with) {
        try {
            return Parameters.bind(action.name(), (ObjectNode) new YAMLMapper().readTree(with), action.parameters());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
