package io.upstep.executor.action.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.simulator.SimulatedCluster;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ShutdownActionTest extends MongodbTestBase {
    private final ShutdownAction action = new ShutdownAction(mongods);

    @Test
    void shouldEndAServerAfterItHasWrittenEverything() {
        start("4.0.27");

        assertThat(run(action, first, with()).summary())
                .isEqualTo("MongoDB on 127.0.0.1:" + server.port() + ", version 4.0.27, has shut down");
        assertThat(server.asked()).containsSubsequence("fsync 1", "shutdown 1");
        await().atMost(Duration.ofSeconds(30)).until(() -> !server.isRunning());
    }

    @Test
    void shouldSucceedWhenItIsGoneAlready() {
        start("4.0.27").close();

        assertThat(run(new ShutdownAction(impatient), first, with()).summary()).endsWith("is gone already");
    }

    @Test
    void shouldNotTakeAServerThatCannotBeReachedForOneThatIsGone() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ActionException failure = failure(
                    new ShutdownAction(impatient),
                    first,
                    "{connection: {host: 127.0.0.1, port: " + silent.getLocalPort() + "}}");

            assertThat(failure.code()).isEqualTo("database-unreachable");
        }
    }

    @Test
    void shouldSucceedWhenItsServiceHasNoPods() {
        service();

        assertThat(run(action, first, "{connection: {service: mongo}}").summary())
                .isEqualTo("MongoDB on Service mongo:27017 has no pod that runs");
    }

    @Test
    void shouldReachAServerBehindAService() {
        SimulatedCluster simulated =
                cluster.simulated().orElseGet(() -> Assumptions.abort("needs a cluster whose pods can be anything"));
        start("4.0.27");
        service();
        cluster.deploy("mongo", "mongo:4.0.27", 1);
        simulated.knobs().backend(cluster.namespace(), "mongo", 27_017, "127.0.0.1", server.port());

        assertThat(run(action, first, "{connection: {service: mongo}}").summary())
                .isEqualTo("MongoDB on Service mongo:27017, version 4.0.27, has shut down");

        // Its pod is there still, so that nobody can say that it is gone.
        simulated.knobs().noBackend(cluster.namespace(), "mongo", 27_017);
        assertThat(failure(new ShutdownAction(impatient), first, "{connection: {service: mongo}}")
                        .code())
                .isEqualTo("database-unreachable");
    }

    private void service() {
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("mongo")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(Map.of("app", "mongo"))
                        .addNewPort()
                        .withPort(27_017)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    void shouldFailWhenThereIsNoSuchService() {
        assertThat(failure(action, first, "{connection: {service: mongo}}").code())
                .isEqualTo("service-not-found");
    }

    @Test
    void shouldSayWhatElseCanBeDoneWhenTheServerRefuses() {
        start("4.0.27");
        server.refuse("shutdown", 13, "Unauthorized", "shutdown must run from localhost when running db without auth");

        ActionException failure = failure(action, first, with());

        assertThat(failure.code()).isEqualTo("shutdown-refused");
        assertThat(failure).hasMessageContaining("must run from localhost").hasMessageContaining("Scaling");
        assertThat(server.isRunning()).isTrue();
    }

    @Test
    void shouldNotEndAServerWhenStopped() {
        start("4.0.27");
        first.stop();

        assertThatThrownBy(() -> run(action, first, with())).isInstanceOf(StoppedException.class);
        assertThat(server.isRunning()).isTrue();
    }

    @Test
    void shouldChangeNothingWhenPreviewed() {
        start("4.0.27");

        assertThat(preview(action, first, with()).summary()).startsWith("would shut down");
        assertThat(server.asked()).doesNotContain("fsync 1", "shutdown 1");
    }

    private String with() {
        return "{connection: " + connection() + "}";
    }
}
