package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.upstep.event.AttemptId;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.route.Routes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One real server for all tests, with a database that is new for each, and attempts of a plan of its own. */
abstract class RestorePointTestBase {
    private static final int APART = 1000;

    /** One server, and so one fence, sees the plans of all tests. */
    private static long epoch;

    /** Asks each tool for its version, once for all. */
    private static final PostgresTools TOOLS = new PostgresTools(Optional.empty());

    static TestCluster cluster;
    static TestPostgres postgres;

    @TempDir
    Path backups;

    FakeContext older;
    FakeContext newer;
    Action<BackupAction.With> backup;
    Action<ProveAction.With> prove;
    Action<DropScratchAction.With> dropScratch;
    Action<RestoreAction.With> restore;
    Action<DropKeptAction.With> dropKept;

    @BeforeAll
    static void startServer() {
        cluster = new TestCluster();
        postgres = TestPostgres.shared(cluster);
    }

    @AfterAll
    static void stopServer() {
        postgres.dropDatabases();
        cluster.close();
    }

    @BeforeEach
    void prepare() {
        drop("shop");
        postgres.run("create database shop");
        epoch += APART;
        older = new FakeContext(cluster, new AttemptId(UUID.randomUUID().toString(), "step-1", 1, epoch));
        newer = older.next();
        ExecutorConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ExecutorConfig.class)
                .withDefaultValue("upstep.executor.restore-points-dir", backups.toString())
                .build()
                .getConfigMapping(ExecutorConfig.class);
        Routes routes = new Routes(ExecutorConfig.PortForward.AUTO, Optional.empty());
        backup = new BackupAction(config, routes, TOOLS);
        prove = new ProveAction(config, routes, TOOLS);
        dropScratch = new DropScratchAction(routes);
        restore = new RestoreAction(config, routes, TOOLS);
        dropKept = new DropKeptAction(routes);
    }

    static void drop(String database) {
        postgres.run("drop database if exists " + database + " with (force)");
    }

    static String with() {
        return with("shop");
    }

    static String with(String database) {
        return "{name: before, connection: " + postgres.connection(database) + "}";
    }

    /** The one that counts, or else the one the first attempt would have written. */
    Path file() {
        return new RestorePoints("before", older)
                .find()
                .map(point -> Path.of(point.meta().location()))
                .orElseGet(() -> fileOf("before", older));
    }

    Path fileOf(String name, StepContext attempt) {
        return backups.resolve(cluster.namespace())
                .resolve(older.attempt().planId())
                .resolve(name + "." + attempt.attempt().epoch() + ".dump");
    }

    String plan() {
        return older.attempt().planId().substring(0, 8);
    }

    /** Another step of the same plan, so much later. */
    FakeContext step(String id, int later) {
        return new FakeContext(cluster, new AttemptId(older.attempt().planId(), id, 1, epoch + later));
    }

    ConfigMap configMap() {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("upstep-restore-point-" + plan() + "-before")
                .get();
    }

    static <P> Outcome.Succeeded run(Action<P> action, StepContext context, String with) {
        return (Outcome.Succeeded) action.run(bound(action, with), context);
    }

    static <P> ActionException failure(Action<P> action, StepContext context, String with) {
        ActionException failure =
                catchThrowableOfType(ActionException.class, () -> action.run(bound(action, with), context));
        assertThat(failure).as("the action should have failed").isNotNull();
        return failure;
    }

    static <P> P bound(Action<P> action, String with) {
        try {
            return Parameters.bind(action.name(), (ObjectNode) new YAMLMapper().readTree(with), action.parameters());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
