package io.upstep.executor.action.pachyderm;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.kubernetes.ActionTestBase;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.route.Routes;
import io.upstep.simulator.servers.FakePachd;
import io.upstep.simulator.servers.PachydermEtcd;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pachd that really answers, and a directory for what is kept. */
abstract class PachydermTestBase extends ActionTestBase {
    @TempDir
    Path directory;

    final Routes routes = new Routes(ExecutorConfig.PortForward.AUTO, Optional.empty());
    ExecutorConfig config;
    PachydermEtcd etcd;
    FakePachd pachd;

    @BeforeEach
    void startPachd() {
        config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ExecutorConfig.class)
                .withDefaultValue("upstep.executor.restore-points-dir", directory.toString())
                .withDefaultValue(
                        "upstep.executor.pachctl-dir",
                        directory.resolve("pachctl").toString())
                .build()
                .getConfigMapping(ExecutorConfig.class);
        etcd = PachydermEtcd.filled(2);
        pachd = FakePachd.start(etcd, "1.7.11");
    }

    @AfterEach
    void stopPachd() {
        pachd.close();
    }

    static String at(FakePachd server) {
        return "connection: {host: 127.0.0.1, port: " + server.port() + "}";
    }

    void secret(String name, Map<String, String> data) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .createOr(existing -> existing.update());
    }

    String note(String name) {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("upstep-pachyderm-0f8fad5b-" + name)
                .get()
                .getData()
                .toString();
    }

    /** The same step's next attempt. */
    static FakeContext after(FakeContext attempt) {
        return attempt.next();
    }
}
