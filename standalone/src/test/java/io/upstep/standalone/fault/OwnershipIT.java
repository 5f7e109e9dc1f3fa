package io.upstep.standalone.fault;

import static io.upstep.standalone.fault.Watched.PATIENCE;
import static io.upstep.standalone.fault.Watched.attempts;
import static io.upstep.standalone.fault.Watched.ended;
import static io.upstep.standalone.fault.Watched.executor;
import static io.upstep.standalone.fault.Watched.plan;
import static io.upstep.standalone.fault.Watched.step;
import static io.upstep.standalone.fault.Watched.submit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.broker.contract.server.RealRabbit;
import io.upstep.broker.contract.server.RequiresServer;
import io.upstep.simulator.Hold;
import io.upstep.standalone.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who owns a step when its executor is paused, killed or told to stop. Eleven executors for all three, because starting them is
 * most of the work: one is killed, and of the ten that are left nine are told to stop.
 */
@RequiresServer(RealRabbit.BINARY)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnershipIT {
    private static final int STOPPED = 9;

    private final Site paused = new Site("shop-paused");
    private final Site killed = new Site("shop-killed").thinking("PT15S");
    private final List<Site> stopped =
            IntStream.range(0, STOPPED + 1).mapToObj(i -> new Site("shop-" + i)).toList();
    private Scene scene;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        List<Site> sites = new ArrayList<>(stopped);
        sites.addAll(List.of(paused, killed));
        scene = Scene.open(BrokerKind.RABBITMQ, RealRabbit.create(), STOPPED + 2, directory, sites);
    }

    @AfterAll
    void close() throws Exception {
        if (scene != null) {
            scene.close();
        }
    }

    @Test
    @Order(1)
    void shouldWriteNothingWhenResumedAfterItsStepWasGivenToAnother() throws Exception {
        Site site = paused;
        try (Hold onItsWay = scene.cluster()
                .knobs()
                .hold(request -> request.isWrite() && request.path().contains("/deployments"), 1)) {
            submit(scene, site);
            await("a write on its way").atMost(PATIENCE).until(() -> onItsWay.held() == 1);
            JsonNode attempt = attempts(scene, site, "scale-down").path(0);
            Victim owner = executor(scene, attempt.path("worker").asText());

            owner.freeze();
            await("the step to be done by another").atMost(PATIENCE).until(() -> step(scene, site, "scale-down")
                    .filter(step -> step.path("status").asText().equals("PASSED"))
                    .isPresent());
            onItsWay.release();
            owner.thaw();

            ended(scene, site, "SUCCEEDED");
            String epoch = attempt.path("epoch").asText();
            assertThat(scene.cluster()
                            .writes()
                            .matching(write -> write.accepted()
                                    && write.namespace().equals(site.namespace())
                                    && write.byUpstep()
                                    && write.lease().isEmpty()
                                    && write.marks().epoch().equals(epoch)))
                    .as("accepted writes of the executor that was paused, under epoch " + epoch)
                    .isEmpty();
            assertThat(scene.cluster()
                            .writes()
                            .matching(write -> !write.accepted()
                                    && write.namespace().equals(site.namespace())
                                    && write.resource().equals("deployments.apps")
                                    && write.marks().epoch().equals(epoch)))
                    .as("the write that was on its way when its sender was paused, refused by the API server")
                    .isNotEmpty();
            assertThat(scene.cluster().writes().violations()).isEmpty();
            assertThat(attempts(scene, site, "scale-down")
                            .path(1)
                            .path("worker")
                            .asText())
                    .isNotEqualTo(owner.name());
        }
    }

    @Test
    @Order(2)
    void shouldGiveTheStepOfAKilledExecutorToAnother() {
        Site site = killed;
        submit(scene, site);
        await("a long step under way")
                .atMost(PATIENCE)
                .until(() -> attempts(scene, site, "think").path(0).has("acceptedAt"));
        Victim owner = executor(
                scene, attempts(scene, site, "think").path(0).path("worker").asText());

        owner.kill();
        Instant killedAt = Instant.now();
        await("another attempt")
                .atMost(PATIENCE)
                .until(() -> attempts(scene, site, "think").path(1).has("acceptedAt"));

        JsonNode again = attempts(scene, site, "think").path(1);
        Duration taken = Duration.between(
                killedAt, Instant.parse(again.path("requestedAt").asText()));
        System.out.printf(
                "RECOVERY requested anew after %d ms, accepted after %d ms; a beat is %d ms%n",
                taken.toMillis(),
                Duration.between(
                                killedAt, Instant.parse(again.path("acceptedAt").asText()))
                        .toMillis(),
                Timings.HEARTBEAT.toMillis());
        assertThat(taken).isPositive();
        assertThat(again.path("worker").asText()).isNotEqualTo(owner.name());
        assertThat(again.path("epoch").asLong())
                .isGreaterThan(
                        attempts(scene, site, "think").path(0).path("epoch").asLong());
        ended(scene, site, "SUCCEEDED");
    }

    @Test
    @Order(3)
    void shouldLoseNothingWhenNineOfTenExecutorsAreStoppedInTheMiddleOfWork() {
        stopped.forEach(site -> submit(scene, site));
        await("every plan to be at work").atMost(PATIENCE).until(() -> stopped.stream()
                .allMatch(site -> plan(scene, site)
                        .filter(plan -> Moment.of(plan).is("RUNNING"))
                        .isPresent()));

        List<CompletableFuture<Void>> stops = alive().stream()
                .skip(1)
                .map(victim -> scene.service(victim.name()))
                .map(service -> CompletableFuture.runAsync(service::stop))
                .toList();
        stops.forEach(CompletableFuture::join);
        assertThat(stops).hasSizeGreaterThanOrEqualTo(STOPPED);

        for (Site site : stopped) {
            ended(scene, site, "SUCCEEDED");
        }
        assertThat(scene.cluster().writes().violations()).isEmpty();
        assertThat(scene.victims(Role.EXECUTOR).stream()
                        .map(victim -> scene.service(victim.name()))
                        .filter(ServiceProcess::isAlive))
                .hasSize(1);
    }

    private List<Victim> alive() {
        return scene.victims(Role.EXECUTOR).stream().filter(Victim::isAlive).toList();
    }
}
