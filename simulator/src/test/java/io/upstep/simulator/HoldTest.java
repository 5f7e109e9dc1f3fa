package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final Predicate<RequestLog.Entry> UPDATES = RequestLog.Entry::isUpdate;

    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = cluster.client();

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldApplyNothingUntilItIsReleased() {
        client.resource(settings("0")).create();
        Hold hold = cluster.knobs().hold(UPDATES);

        CompletableFuture<ConfigMap> held = updating("1");
        soon().until(() -> hold.held() == 1);

        assertThat(value()).isEqualTo("0");
        assertThat(hold.waiting()).singleElement().satisfies(r -> assertThat(r.method())
                .isEqualTo("PATCH"));
        hold.release();
        held.join();
        assertThat(value()).isEqualTo("1");
        assertThat(hold.held()).isZero();
    }

    @Test
    void shouldPlayAWorkerPausedBetweenItsLookAndItsWrite() {
        client.resource(settings("0")).create();
        ConfigMap seen = map();
        Hold hold = cluster.knobs().hold(UPDATES, 1);
        CompletableFuture<ConfigMap> late =
                CompletableFuture.supplyAsync(() -> client.resource(new ConfigMapBuilder(seen)
                                .withData(Map.of("value", "late"))
                                .build())
                        .lockResourceVersion(seen.getMetadata().getResourceVersion())
                        .update());
        soon().until(() -> hold.held() == 1);

        client.resource(settings("meanwhile")).update();
        hold.release();

        assertThat(late).failsWithin(Duration.ofSeconds(10));
        assertThat(value()).isEqualTo("meanwhile");
    }

    @Test
    void shouldApplyInTheOrderOfArrivalWhenReleased() {
        client.resource(settings("0")).create();
        Hold hold = cluster.knobs().hold(UPDATES);
        CompletableFuture<ConfigMap> first = updating("1");
        soon().until(() -> hold.held() == 1);
        CompletableFuture<ConfigMap> second = updating("2");
        soon().until(() -> hold.held() == 2);

        hold.release();

        CompletableFuture.allOf(first, second).join();
        assertThat(value()).isEqualTo("2");
    }

    @Test
    void shouldApplyWhatWasHeldAlsoWhenItsSenderIsGone() {
        client.resource(settings("0")).create();
        Hold hold = cluster.knobs().hold(UPDATES);
        try (KubernetesClient killed = cluster.client()) {
            CompletableFuture.runAsync(() -> killed.resource(settings("1")).update());
            soon().until(() -> hold.held() == 1);
        }

        hold.release();

        soon().untilAsserted(() -> assertThat(value()).isEqualTo("1"));
    }

    @Test
    void shouldLetTheRestPass() {
        client.resource(settings("0")).create();
        try (Hold hold = cluster.knobs().hold(r -> r.path().endsWith("/other"))) {
            client.resource(settings("1")).update();
            assertThat(hold.held()).isZero();
        }
    }

    /** A patch asks for no version, so that two may follow each other. */
    private CompletableFuture<ConfigMap> updating(String value) {
        return CompletableFuture.supplyAsync(() -> client.configMaps()
                .inNamespace(Marked.NAMESPACE)
                .withName("settings")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"value\":\"" + value + "\"}}"));
    }

    private String value() {
        return map().getData().get("value");
    }

    private ConfigMap map() {
        return client.configMaps()
                .inNamespace(Marked.NAMESPACE)
                .withName("settings")
                .get();
    }

    private static ConfigMap settings(String value) {
        return new ConfigMapBuilder(Marked.plain())
                .withData(Map.of("value", value))
                .build();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10));
    }
}
