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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns a step when its executor is paused, killed or told to stop. */
@RequiresServer(RealRabbit.BINARY)
class OwnershipIT {
    @Test
    void shouldWriteNothingWhenResumedAfterItsStepWasGivenToAnother(@TempDir Path directory) throws Exception {
        Site site = new Site("shop");
        try (Scene scene = Scene.open(BrokerKind.RABBITMQ, RealRabbit.create(), 2, directory, List.of(site));
                Hold onItsWay = scene.cluster()
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
                                    && write.byUpstep()
                                    && write.lease().isEmpty()
                                    && write.marks().epoch().equals(epoch)))
                    .as("accepted writes of the executor that was paused, under epoch " + epoch)
                    .isEmpty();
            assertThat(scene.cluster()
                            .writes()
                            .matching(write -> !write.accepted()
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
    void shouldGiveTheStepOfAKilledExecutorToAnother(@TempDir Path directory) throws Exception {
        Site site = new Site("shop").thinking("PT15S");
        try (Scene scene = Scene.open(BrokerKind.RABBITMQ, RealRabbit.create(), 2, directory, List.of(site))) {
            submit(scene, site);
            await("a long step under way")
                    .atMost(PATIENCE)
                    .until(() -> attempts(scene, site, "think").path(0).has("acceptedAt"));
            Victim owner = executor(
                    scene, attempts(scene, site, "think").path(0).path("worker").asText());

            owner.kill();
            Instant killed = Instant.now();
            await("another attempt")
                    .atMost(PATIENCE)
                    .until(() -> attempts(scene, site, "think").path(1).has("acceptedAt"));

            JsonNode again = attempts(scene, site, "think").path(1);
            Duration taken = Duration.between(
                    killed, Instant.parse(again.path("requestedAt").asText()));
            System.out.printf(
                    "RECOVERY requested anew after %d ms, accepted after %d ms; a beat is %d ms%n",
                    taken.toMillis(),
                    Duration.between(
                                    killed,
                                    Instant.parse(again.path("acceptedAt").asText()))
                            .toMillis(),
                    Timings.HEARTBEAT.toMillis());
            assertThat(taken).isPositive();
            assertThat(again.path("worker").asText()).isNotEqualTo(owner.name());
            assertThat(again.path("epoch").asLong())
                    .isGreaterThan(
                            attempts(scene, site, "think").path(0).path("epoch").asLong());
            ended(scene, site, "SUCCEEDED");
        }
    }

    @Test
    void shouldLoseNothingWhenNineOfTenExecutorsAreStoppedInTheMiddleOfWork(@TempDir Path directory) throws Exception {
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sites.add(new Site("shop-" + i));
        }
        try (Scene scene = Scene.open(BrokerKind.RABBITMQ, RealRabbit.create(), 10, directory, sites)) {
            sites.forEach(site -> submit(scene, site));
            await("every plan to be at work").atMost(PATIENCE).until(() -> sites.stream()
                    .allMatch(site -> plan(scene, site)
                            .filter(plan -> Moment.of(plan).is("RUNNING"))
                            .isPresent()));

            List<CompletableFuture<Void>> stops = scene.victims(Role.EXECUTOR).stream()
                    .skip(1)
                    .map(victim -> scene.service(victim.name()))
                    .map(service -> CompletableFuture.runAsync(service::stop))
                    .toList();
            stops.forEach(CompletableFuture::join);

            for (Site site : sites) {
                ended(scene, site, "SUCCEEDED");
            }
            assertThat(scene.cluster().writes().violations()).isEmpty();
            assertThat(scene.victims(Role.EXECUTOR).stream()
                            .map(victim -> scene.service(victim.name()))
                            .filter(ServiceProcess::isAlive))
                    .hasSize(1);
        }
    }
}
