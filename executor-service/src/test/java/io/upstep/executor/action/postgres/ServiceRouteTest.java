package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.route.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that is behind a Service, which the executor cannot reach by itself. */
class ServiceRouteTest extends RestorePointTestBase {
    private static final int PORT = 5432;

    private final Routes through = new Routes(PortForward.AUTO, Optional.empty());

    @BeforeAll
    static void putBehindAService() {
        Assumptions.assumeTrue(cluster.simulated().isPresent(), "needs a cluster whose pods can be anything");
        cluster.deploy("db", "shop/db:15", 1);
        // Its controllers write to it as well, and may do so in between.
        await().atMost(Duration.ofSeconds(20))
                .ignoreException(KubernetesClientException.class)
                .until(ServiceRouteTest::namePort);
        service("db", Map.of("app", "db"), 5433);
        service("nobody", Map.of("app", "nobody"), PORT);
        service("by-hand", Map.of(), PORT);
        cluster.simulated()
                .orElseThrow()
                .knobs()
                .backend(cluster.namespace(), "db", PORT, "127.0.0.1", postgres.port());
        await().atMost(Duration.ofSeconds(20)).until(ServiceRouteTest::isReady);
    }

    private static boolean namePort() {
        cluster.client()
                .apps()
                .deployments()
                .inNamespace(cluster.namespace())
                .withName("db")
                .edit(deployment -> {
                    deployment
                            .getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .get(0)
                            .getPorts()
                            .add(new ContainerPortBuilder()
                                    .withName("postgres")
                                    .withContainerPort(PORT)
                                    .build());
                    return deployment;
                });
        return true;
    }

    private static void service(String name, Map<String, String> selector, int port) {
        cluster.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(selector)
                        .addNewPort()
                        .withPort(port)
                        .withTargetPort(new IntOrString("postgres"))
                        .endPort()
                        .endSpec()
                        .build())
                .create();
    }

    private static boolean isReady() {
        return cluster
                .client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("app", "db")
                .list()
                .getItems()
                .stream()
                .anyMatch(pod -> pod.getMetadata().getDeletionTimestamp() == null
                        && Readiness.isPodReady(pod)
                        && !pod.getSpec().getContainers().get(0).getPorts().isEmpty());
    }

    @Test
    void shouldBackUpAndProveThroughTheApiServerWhenThereIsNoOtherWay() {
        postgres.run("shop", "create table t as select generate_series(1, 100000) as n");
        String with = "{name: before, connection: {service: db, port: 5433, database: shop, secretRef: {name: login}}}";

        run(backup, older, with);
        run(prove, step("prove", 10), with);

        assertThat(postgres.number("upstep_proof_" + plan() + "_before", "select count(*) from t"))
                .isEqualTo(100_000);
        assertThat(Note.of(configMap().getData().get(RestorePoints.PROOF)).text("service"))
                .isEqualTo("db");
        assertThat(older.told()).anyMatch(line -> line.contains("Service db through the API server: pod db-"));
    }

    @Test
    void shouldFindAnotherPodWhenTheOneItWentToIsGone() {
        try (DatabaseRoute route = DatabaseRoute.open(database("db", 5433), through, older)) {
            Session.open(route.database(), older).close();
            cluster.client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withLabel("app", "db")
                    .delete();
            await().atMost(Duration.ofSeconds(20)).until(ServiceRouteTest::isReady);

            await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                Session.open(route.database(), older).close();
                return true;
            });
        }
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNoWay() {
        assertThat(refusal("gone", PORT).code()).isEqualTo("service-not-found");
        assertThat(refusal("by-hand", PORT)).hasMessageContaining("'connection.host'");
        assertThat(refusal("nobody", PORT).outcome().toString()).contains("retryable=true", "service-without-pods");
        assertThat(refusal("db", 1)).hasMessageContaining("to have the port 1, it has [5433]");
    }

    @Test
    void shouldTakeTheServicesNameWhenItIsAPodOfThatCluster() {
        String own = cluster.client().getMasterUrl().getHost();

        assertThat(host(new Routes(PortForward.AUTO, Optional.of(own))))
                .isEqualTo("db." + cluster.namespace() + ".svc");
        assertThat(host(new Routes(PortForward.AUTO, Optional.of("10.0.0.1")))).isEqualTo("127.0.0.1");
        assertThat(host(new Routes(PortForward.ALWAYS, Optional.of(own)))).isEqualTo("127.0.0.1");
        assertThat(host(new Routes(PortForward.NEVER, Optional.empty())))
                .isEqualTo("db." + cluster.namespace() + ".svc");
    }

    private String host(Routes routes) {
        try (DatabaseRoute route = DatabaseRoute.open(database("db", 5433), routes, older)) {
            return route.database().host();
        }
    }

    private ActionException refusal(String service, int port) {
        return catchThrowableOfType(ActionException.class, () -> {
            try (DatabaseRoute route = DatabaseRoute.open(database(service, port), through, older)) {
                route.database();
            }
        });
    }

    private static Database database(String service, int port) {
        return new Database(null, service, port, "shop", null, new Database.SecretRef("login", null, null), null);
    }
}
