package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.upstep.event.AttemptId;
import io.upstep.event.Outcome;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Real Helm on one simulated cluster for all tests of a class; each test has a release of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HelmTestBase {
    private static final YAMLMapper YAML = new YAMLMapper();
    static final HelmLibrary LIBRARY = new HelmLibrary();
    static final ChartSources SOURCES = new ChartSources();

    @TempDir
    Path directory;

    final UpgradeAction upgrade = new UpgradeAction(LIBRARY, SOURCES);
    final UninstallAction uninstall = new UninstallAction(LIBRARY);
    TestCluster cluster;
    String release;
    long epoch = 5;

    @BeforeAll
    void start() {
        cluster = new TestCluster();
    }

    @BeforeEach
    void name() {
        release = "r" + UUID.randomUUID().toString().substring(0, 6);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    /** The first attempt of some step; epochs rise from one to the next. */
    FakeContext step(String name) {
        return new FakeContext(cluster, new AttemptId("0f8fad5b-d9cb-469f-a165-70867728950e", name, 1, ++epoch));
    }

    TestChart chart(String version) {
        return new TestChart(directory, version);
    }

    Outcome.Succeeded install(TestChart chart, String values) {
        return run(upgrade, step("install"), to(chart, values) + ", install: true}");
    }

    /** The beginning of helm.upgrade's parameters: to be closed by a brace. */
    String to(TestChart chart, String values) {
        return "{release: " + release + ", chart: {path: '" + chart.path() + "'}, values: {inline: " + values + "}";
    }

    <P> Outcome.Succeeded run(Action<P> action, StepContext context, String with) {
        return (Outcome.Succeeded) action.run(bound(action, with), context);
    }

    <P> Outcome.Succeeded preview(Action<P> action, StepContext context, String with) {
        return (Outcome.Succeeded) action.preview(bound(action, with), context);
    }

    <P> ActionException failure(Action<P> action, StepContext context, String with) {
        ActionException failure =
                catchThrowableOfType(ActionException.class, () -> action.run(bound(action, with), context));
        assertThat(failure).as("the action should have failed").isNotNull();
        return failure;
    }

    static <P> P bound(Action<P> action, String with) {
        try {
            return Parameters.bind(action.name(), (ObjectNode) YAML.readTree(with), action.parameters());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    List<ReleaseRecord> records() {
        FakeContext context = step("look");
        return new Releases(context, new FencedObjects(context, false), release).all();
    }

    ReleaseRecord newest() {
        List<ReleaseRecord> all = records();
        return all.get(all.size() - 1);
    }

    String setting() {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(release + "-settings")
                .get()
                .getData()
                .get("colour");
    }

    boolean hasJob(String name) {
        return cluster.client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(cluster.namespace())
                        .withName(release + name)
                        .get()
                != null;
    }

    static String value(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)));
    }
}
