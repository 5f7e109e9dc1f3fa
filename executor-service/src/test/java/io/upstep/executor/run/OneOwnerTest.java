package io.upstep.executor.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.upstep.event.Outcome;
import io.upstep.event.StepExecuted;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.ApplyAction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No effect has two owners: once a newer attempt has written, no older one ever does again. */
class OneOwnerTest {
    private static final int ATTEMPTS = 15;
    private static final int WRITES = 6;

    @TempDir
    Path directory;

    private final FakeBroker broker = new FakeBroker();
    private final List<TestExecutor> executors = new ArrayList<>();
    private final List<Long> written = new CopyOnWriteArrayList<>();
    private final ApplyAction apply = new ApplyAction();
    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = new TestCluster();
        for (String name : List.of("a", "b", "c")) {
            // No heartbeat tells the older attempt in time: only what it asks before each write can stop it.
            TestExecutor executor = new TestExecutor(
                    name,
                    broker,
                    cluster.configured(),
                    cluster.kubeconfig(directory),
                    Map.of("heartbeat-interval", "1h"));
            executor.action.does(this::writeAgainAndAgain);
            executors.add(executor);
        }
    }

    @AfterEach
    void stop() {
        executors.forEach(TestExecutor::close);
        cluster.close();
    }

    @Test
    void shouldNeverSeeAnOlderEpochAfterANewerWhenManyAttemptsOverlap() {
        Requests requests = Requests.in(cluster.namespace());
        Random random = new Random(42);
        try (Watch watch = watch()) {
            for (int i = 1; i <= ATTEMPTS; i++) {
                executors.get(random.nextInt(3)).requested(requests.step(Requests.attempt(i, i)));
                // The same doorbell rings elsewhere, and an old one comes late.
                executors.get(random.nextInt(3)).requested(requests.step(Requests.attempt(i, i)));
                int late = 1 + random.nextInt(i);
                executors.get(random.nextInt(3)).requested(requests.step(Requests.attempt(late, late)));
                await().pollDelay(Duration.ofMillis(random.nextInt(60))).until(() -> true);
            }
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(broker.heard(StepExecuted.class))
                    .anyMatch(e -> e.attempt().epoch() == ATTEMPTS));
            await().until(() -> executors.stream().allMatch(e -> e.executions.count() == 0));
            await().until(() -> written.contains((long) ATTEMPTS));
        }

        assertThat(written).isSorted().contains((long) ATTEMPTS);
        cluster.simulated().ifPresent(simulated -> assertThat(simulated.writes().violations())
                .isEmpty());
    }

    @Test
    void shouldRunEachAttemptAtMostOnceWhenItsDoorbellRingsEverywhere() {
        Requests requests = Requests.in(cluster.namespace());
        executors.forEach(executor -> executor.requested(requests.step(Requests.attempt(1, 1))));
        await().until(() -> !broker.heard(StepExecuted.class).isEmpty());
        await().until(() -> executors.stream().allMatch(e -> e.executions.count() == 0));

        assertThat(executors.stream().mapToInt(e -> e.action.runs()).sum()).isEqualTo(1);
        assertThat(broker.heard(StepExecuted.class)).hasSize(1);
    }

    private Outcome writeAgainAndAgain(StepContext context) {
        for (int i = 0; i < WRITES; i++) {
            ObjectNode with = new ObjectMapper().createObjectNode();
            with.putArray("manifests")
                    .addObject()
                    .put("apiVersion", "v1")
                    .put("kind", "ConfigMap")
                    .set("metadata", new ObjectMapper().createObjectNode().put("name", "ledger"));
            ((ObjectNode) with.at("/manifests/0"))
                    .putObject("data")
                    .put("entry", context.attempt().epoch() + "-" + i);
            apply.run(Parameters.bind("kubernetes.apply", with, ApplyAction.With.class), context);
        }
        return Outcome.Succeeded.of("written");
    }

    private Watch watch() {
        return cluster.client().configMaps().inNamespace(cluster.namespace()).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                if (map.getMetadata().getName().equals("ledger")) {
                    written.add(Long.parseLong(map.getData().get("entry").split("-")[0]));
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                // The test ends it.
            }
        });
    }
}
