package io.upstep.executor.action.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.simulator.servers.TrainsEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Copying from a real Elasticsearch 5.6 to a real 7.6, undisturbed and otherwise. */
class ReindexActionTest extends NodesTestBase {
    private static final Duration SOON = Duration.ofMinutes(3);
    /** Slow enough for anything to happen meanwhile: until it is told to hurry. */
    private static final String SLOWLY = "requestsPerSecond: 5\nbatchSize: 5";

    @Test
    void shouldCopyEachIndexAndCountItOnBothSides() {
        Map<String, Integer> documents = TrainsEvents.load(servers.old, 1_000);

        Outcome.Succeeded outcome = (Outcome.Succeeded) run(reindex, context, all("parallel: 2"));

        documents.forEach((index, count) -> assertThat(there(index)).as(index).isEqualTo((long) count));
        assertThat(outcome.summary()).contains("copied 1000 documents", "in 7 indices");
        assertThat(outcome.details().at("/indices/" + LOG + "/copied").asInt()).isEqualTo(380);
        assertThat(json(kept(context).get("counts.json")))
                .isEqualTo(json("{\"format\":1,\"source\":\"5.6.16\",\"destination\":\"7.6.2\",\"indices\":"
                        + JSON.valueToTree(documents) + "}"));
        assertThat(context.told()).anyMatch(line -> line.contains(LOG + ": 380 of 380"));
        assertThat(servers.recent
                        .answer("GET", "/_ingest/pipeline/upstep-*", "")
                        .body())
                .as("what lets copies in")
                .isEqualTo("{}");
        assertThat(json(servers.recent.call("GET", "/" + LOG + "/_search?size=1", ""))
                        .at("/hits/hits/0/_routing")
                        .asText())
                .as("the document's task")
                .hasSize(32);
    }

    @Test
    void shouldAddOnlyWhatIsMissingWhenSomeIsThere() {
        load(100);
        run(reindex, context, two());
        servers.old.call("PUT", "/" + LOG + "/event/new?routing=t&refresh=true", "{\"task\":\"t\",\"type\":\"log\"}");
        FakeContext next = context.next();

        Outcome outcome = run(reindex, next, two());

        assertThat(outcome.summary()).startsWith("copied 1 documents; the same 101 ");
        assertThat(next.told()).contains(LOG + ": 81 of 81", PLOT + ": 20 documents are there already");
        assertThat(json(servers.recent.call("GET", "/" + LOG + "/_stats/docs", ""))
                        .at("/_all/primaries/docs/deleted")
                        .asInt())
                .as("documents written over")
                .isZero();
    }

    @Test
    void shouldCopyAnewWhenTheStepIsDoneAnew() {
        load(10);
        run(reindex, context, two());
        servers.old.call("PUT", "/" + LOG + "/event/1?routing=t&refresh=true", "{\"task\":\"changed\"}");

        Outcome outcome = run(reindex, context.next().anew(), two());

        assertThat(outcome.summary()).startsWith("copied 10 documents");
        assertThat(servers.recent.call("GET", "/" + LOG + "/_doc/1?routing=t", ""))
                .contains("changed");
    }

    @Test
    void shouldGoOnWithTheTaskOfAnEarlierAttemptWhenItStillRuns() {
        load(100);
        String slowly = two(SLOWLY);
        CompletableFuture<Outcome> first = CompletableFuture.supplyAsync(() -> run(reindex, context, slowly));
        String started = task(context);
        context.stop();
        assertThatThrownBy(first::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(StoppedException.class);
        FakeContext next = context.next();

        finish(CompletableFuture.supplyAsync(() -> run(reindex, next, slowly)), next, "going on with task");

        assertThat(next.told())
                .contains(LOG + ": going on with task " + started + ", which an earlier attempt has started")
                .noneMatch(line -> line.startsWith(LOG + ": copying from"));
        assertThat(there(LOG)).isEqualTo(80);
    }

    /** Lets it go as fast as it can, once that has been told. */
    private static Outcome finish(CompletableFuture<Outcome> copying, FakeContext context, String told) {
        await(told).atMost(SOON).until(() -> context.told().stream().anyMatch(line -> line.contains(told)));
        return hurried(copying, context);
    }

    private static Outcome hurried(CompletableFuture<Outcome> copying, FakeContext context) {
        await("the end").atMost(SOON).until(() -> {
            new CopyTasks(node(context), CopyMark.of(context, "events"))
                    .running()
                    .keySet()
                    .forEach(id -> servers.recent.answer(
                            "POST", "/_reindex/" + id + "/_rethrottle?requests_per_second=-1", ""));
            return copying.isDone();
        });
        return copying.join();
    }

    /** Its id, once it has been told. */
    private static String task(FakeContext context) {
        String beginning = LOG + ": copying from http://127.0.0.1:" + servers.old.port() + ", task ";
        return await().atMost(SOON)
                .until(
                        () -> List.copyOf(context.told()).stream()
                                .filter(line -> line.startsWith(beginning))
                                .findFirst()
                                .orElse(""),
                        line -> !line.isEmpty())
                .substring(beginning.length());
    }

    @Test
    void shouldFinishWhenTheDestinationIsKilledInTheMiddle() {
        load(100);
        CompletableFuture<Outcome> copying = CompletableFuture.supplyAsync(() -> run(reindex, context, two(SLOWLY)));
        await().atMost(SOON).ignoreExceptions().until(() -> there("events-*") > 0);

        servers.recent.kill();
        servers.recent.restart();

        assertThat(finish(copying, context, "has no task").summary()).contains("the same 100 are on both sides");
        assertThat(there("events-*")).isEqualTo(100);
        assertThat(context.told()).anyMatch(line -> line.contains("does not answer"));
    }

    @Test
    void shouldLeaveTheRestToTheNextAttemptWhenTheSourceIsRestartedInTheMiddle() {
        load(100);
        CompletableFuture<Outcome> copying = CompletableFuture.supplyAsync(
                () -> attempted(() -> run(reindex, context, two("requestsPerSecond: 0.05\nbatchSize: 5"))));
        await().atMost(SOON).ignoreExceptions().until(() -> there("events-*") > 0);

        // Before the next batch is asked for: what it is asked for by, the new process has never heard of.
        servers.old.kill();
        servers.old.restart();

        assertThat(hurried(copying, context)).isInstanceOfSatisfying(Outcome.Failed.class, failed -> {
            assertThat(failed.code()).as(failed.summary()).isEqualTo("copy-broken-off");
            assertThat(failed.retryable()).isTrue();
        });
        assertThat(run(reindex, context.next(), two()).summary()).contains("the same 100 are on both sides");
    }

    private static Outcome attempted(Supplier<Outcome> run) {
        try {
            return run.get();
        } catch (ActionException e) {
            return e.outcome();
        }
    }

    @Test
    void shouldGoOnWhenAnEarlierAttemptTakesThePermitLate() {
        load(100);
        CompletableFuture<Outcome> copying = CompletableFuture.supplyAsync(() -> run(reindex, context, two(SLOWLY)));
        task(context);

        servers.recent.call(
                "DELETE", "/_ingest/pipeline/" + CopyMark.of(context, "events").permit(), "");

        assertThat(finish(copying, context, "permit").summary()).contains("the same 100 are on both sides");
        assertThat(context.told()).contains(LOG + ": its permit was taken; going on with a new one");
    }

    @Test
    void shouldSayBothNumbersWhenTheSourceIsStillWrittenTo() {
        load(100);
        // The first write after the copy has been started is for counting what has come of it.
        context.beforeWrite(() -> {
            if (context.told().stream().anyMatch(line -> line.startsWith(LOG + ": copying from"))) {
                servers.old.call("PUT", "/" + LOG + "/event/late?routing=t", "{\"task\":\"t\",\"type\":\"log\"}");
            }
        });

        ActionException failure = refusal(reindex, context, two());

        assertThat(failure.code()).isEqualTo("counts-differ");
        assertThat(failure.outcome().toString()).contains("retryable=true");
        assertThat(failure)
                .hasMessageContaining(LOG)
                .hasMessageContaining("there are 81 on")
                .hasMessageContaining("and 80 on");
        assertThat(run(reindex, context.next(), two()).summary()).contains("the same 101 ");
    }

    @Test
    void shouldCopyWhatAppearsOnTheSourceMeanwhile() {
        load(100);
        context.beforeWrite(() -> {
            if (context.told().stream().anyMatch(line -> line.startsWith(PLOT + ": copying from"))) {
                servers.old.call("PUT", "/events-log-late/event/1?routing=t", "{\"task\":\"t\",\"type\":\"log\"}");
            }
        });

        assertThat(run(reindex, context, two()).summary()).contains("the same 101 are on both sides, in 3 indices");
        assertThat(kept(context).get("counts.json")).contains("\"events-log-late\":1");
    }

    @Test
    void shouldTouchNothingWhenTheDestinationHasMore() {
        load(20);
        for (int i = 0; i < 20; i++) {
            servers.recent.call("PUT", "/" + LOG + "/_doc/mine-" + i + "?refresh=true", "{\"task\":\"t\"}");
        }

        assertThat(refusal(reindex, context, two()))
                .hasMessageContaining("nothing was deleted")
                .hasMessageContaining("the 16 documents")
                .hasMessageContaining("there are 20")
                .extracting(ActionException::code)
                .isEqualTo("destination-has-more");
        assertThat(there(LOG)).isEqualTo(20);
    }

    @Test
    void shouldSayWhatToDoWhenTheServerRefuses() {
        load(50);
        servers.recent.call("PUT", "/" + LOG, "{\"settings\":{\"index.blocks.read_only_allow_delete\":true}}");

        assertThat(refusal(reindex, context, two()))
                .hasMessageContaining("index.blocks.read_only_allow_delete")
                .extracting(ActionException::code)
                .isEqualTo("destination-read-only");
        String plots = two().replace("events-log-*, ", "");
        assertThat(refusal(reindex, context, plots.replace("http://127.0.0.1", "http://localhost")))
                .hasMessageContaining("reindex.remote.whitelist")
                .extracting(ActionException::code)
                .isEqualTo("remote-not-whitelisted");
        assertThat(refusal(reindex, context, plots.replaceFirst("remote: \\S+", "remote: http://127.0.0.1:1"))
                        .code())
                .isEqualTo("remote-unreachable");
        assertThat(refusal(reindex, context, plots.replace("events-plot", "nope"))
                        .code())
                .isEqualTo("no-indices");
        assertThat(refusal(
                                reindex,
                                context,
                                plots.replace("port: " + servers.recent.port(), "port: " + servers.old.port()))
                        .code())
                .isEqualTo("same-cluster");
    }

    @Test
    void shouldWriteNothingMoreWhenTheInstallationIsSomebodyElses() {
        load(50);
        context.stop();

        assertThatThrownBy(() -> run(reindex, context, two())).isInstanceOf(StoppedException.class);

        assertThat(servers.recent.call("GET", "/_cat/indices/events-*", "")).isEmpty();
    }
}
