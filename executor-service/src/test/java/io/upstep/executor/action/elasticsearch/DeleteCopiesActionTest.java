package io.upstep.executor.action.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.upstep.event.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Copies that are taken back, or whose step is cancelled. */
class DeleteCopiesActionTest extends NodesTestBase {
    private static final Duration SOON = Duration.ofMinutes(3);
    private static final String SLOWLY = "requestsPerSecond: 5\nbatchSize: 5";

    @Test
    void shouldDeleteOnlyWhatTheCopyHasMade() {
        load(50);
        servers.recent.call("PUT", "/" + PLOT, "{}");
        servers.recent.call("PUT", "/events-mine/_doc/1", "{\"task\":\"t\"}");
        run(reindex, context, two());

        Outcome outcome = run(deleteCopies, context, destination());

        assertThat(outcome.summary()).contains("deleted the copies", LOG).doesNotContain(PLOT);
        assertThat(servers.recent
                        .call("GET", "/_cat/indices/events-*?h=index", "")
                        .lines())
                .containsExactlyInAnyOrder(PLOT, "events-mine");
        assertThat(kept(context)).doesNotContainKeys("counts.json", "created.json");
        assertThat(run(deleteCopies, context.next(), destination()).summary()).startsWith("nothing to delete");
    }

    @Test
    void shouldLeaveAnIndexAloneWhenItIsALaterOne() {
        load(50);
        run(reindex, context, two());
        servers.recent.call("DELETE", "/" + LOG, "");
        servers.recent.call("PUT", "/" + LOG, "{}");

        run(deleteCopies, context, destination());

        assertThat(context.told()).anyMatch(line -> line.startsWith(LOG + " is left alone"));
        assertThat(servers.recent
                        .call("GET", "/_cat/indices/events-*?h=index", "")
                        .strip())
                .isEqualTo(LOG);
    }

    @Test
    void shouldEndWhatCopiesIntoAnIndexThatWasThereBefore() {
        load(250);
        servers.recent.call("PUT", "/" + LOG, "{}");
        CompletableFuture<Outcome> killed = CompletableFuture.supplyAsync(() -> run(reindex, context, two(SLOWLY)));
        CopyTasks tasks = new CopyTasks(node(context), CopyMark.of(context, "events"));
        await().atMost(SOON).until(() -> !tasks.running().isEmpty());
        context.stop();
        assertThat(killed).failsWithin(SOON);

        assertThat(run(deleteCopies, context.next(), destination()).summary()).startsWith("nothing to delete");

        assertThat(tasks.running()).isEmpty();
        assertThat(servers.recent
                        .answer("GET", "/_ingest/pipeline/upstep-*", "")
                        .body())
                .isEqualTo("{}");
        assertThat(servers.recent.call("GET", "/_cat/indices/events-*?h=index", ""))
                .contains(LOG);
    }

    @Test
    void shouldBringNothingBackWhenACopyStartsLate() {
        load(250);
        CompletableFuture<Outcome> older = CompletableFuture.supplyAsync(() -> run(reindex, context, two(SLOWLY)));
        await().atMost(SOON).until(() -> !new CopyTasks(node(context), CopyMark.of(context, "events"))
                .running()
                .isEmpty());
        context.stop();
        assertThat(older).failsWithin(SOON);
        String sent = "{\"conflicts\":\"proceed\",\"source\":{\"index\":\"" + LOG
                + "\",\"remote\":{\"host\":\"http://127.0.0.1:"
                + servers.old.port() + "\"}},\"dest\":{\"index\":\"" + LOG + "\",\"op_type\":\"create\",\"pipeline\":\""
                + CopyMark.of(context, "events").permit() + "\"}}";

        run(deleteCopies, context.next(), destination());
        // As an executor does that was asleep since it looked whether it may.
        String late = servers.recent.answer("POST", "/_reindex", sent).body();

        assertThat(late).contains("pipeline with id", "does not exist");
        assertThat(servers.recent.call("GET", "/_cat/indices/events-*", "")).isEmpty();
    }

    @Test
    void shouldCancelWhatTheNodeGoesOnWithWhenTheStepIsCancelled() {
        load(250);
        CompletableFuture<Outcome> killed = CompletableFuture.supplyAsync(() -> run(reindex, context, two(SLOWLY)));
        CopyTasks tasks = new CopyTasks(node(context), CopyMark.of(context, "events"));
        await().atMost(SOON).until(() -> !tasks.running().isEmpty());
        context.stop();
        assertThat(killed).failsWithin(SOON);

        assertThat(new CopyLeftovers(nodes, Clock.systemUTC())
                        .stop(
                                cluster.client(),
                                context.installation(),
                                context.next().attempt(),
                                () -> {}))
                .containsExactly("the copy of " + LOG);

        await().atMost(SOON).until(() -> tasks.running().isEmpty());
    }
}
