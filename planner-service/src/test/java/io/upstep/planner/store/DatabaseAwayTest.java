package io.upstep.planner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import io.upstep.planner.messaging.Inbox;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanException;
import io.upstep.planner.plan.PlanStatus;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseAwayTest {
    @TempDir
    Path directory;

    private EmbeddedPostgres server(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Test
    void shouldFailClearlyWhileTheDatabaseIsAwayAndGoOnByItselfWhenItIsBack() throws IOException {
        EmbeddedPostgres server = server(0);
        int port = server.getPort();
        try (Planner planner = new Planner(TestServer.external(server.getJdbcUrl("postgres", "postgres")))) {
            Inbox inbox = new Inbox(planner.applier);
            inbox.start();
            Plan plan = planner.submitted("a");

            server.close();

            assertThatThrownBy(() -> planner.submitted("b"))
                    .asInstanceOf(type(PlanException.class))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(PlanException.Code.STORE_UNAVAILABLE));
            CompletableFuture<Changed> heard = inbox.put(UUID.fromString(plan.id()), Planner.observed(plan))
                    .toCompletableFuture();
            await().during(Duration.ofMillis(500)).until(() -> !heard.isDone());

            server = server(port);

            await().atMost(Duration.ofSeconds(20)).until(heard::isDone);
            assertThat(planner.plans.find(plan.id()).orElseThrow().status()).isEqualTo(PlanStatus.RUNNING);
            assertThat(planner.submitted("b").number()).isGreaterThan(1);
            inbox.close();
        } finally {
            server.close();
        }
    }
}
