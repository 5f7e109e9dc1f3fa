package io.upstep.verifier.check.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.simulator.servers.RealElasticsearch;
import io.upstep.simulator.servers.TrainsEvents;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real Elasticsearch 5.6 with what Trains keeps there, and a real 7.6 that has copies of some of it. */
class ElasticsearchTest {
    private static final String LOG = "events-log-" + TrainsEvents.COMPANY;
    private static final String PLOT = "events-plot-" + TrainsEvents.COMPANY;

    private static RealElasticsearch old;
    private static RealElasticsearch recent;
    private static Map<String, Integer> loaded;

    private final MockCluster cluster = new MockCluster();
    private final Nodes nodes = new Nodes(cluster.config());
    private final Counts counts = new Counts(nodes);
    private final TemplateNames templates = new TemplateNames(nodes);

    @BeforeAll
    static void start() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target"), "elastic");
        old = RealElasticsearch.launch(RealElasticsearch.OLD, directory.resolve("elastic"));
        recent = RealElasticsearch.launch(
                RealElasticsearch.NEW,
                directory.resolve("elastic_7"),
                "reindex.remote.whitelist: '127.0.0.1:*'",
                "cluster.routing.allocation.disk.watermark.flood_stage: 1gb",
                "cluster.routing.allocation.disk.watermark.high: 2gb",
                "cluster.routing.allocation.disk.watermark.low: 3gb");
        TrainsEvents.put(TrainsEvents.templates5(), old.awaitReady());
        TrainsEvents.put(TrainsEvents.templates7(), recent.awaitReady());
        loaded = TrainsEvents.load(old, 200);
        for (String index : List.of(LOG, PLOT)) {
            recent.call(
                    "POST",
                    "/_reindex?refresh=true",
                    "{\"source\":{\"index\":\"" + index + "\",\"remote\":{\"host\":\"" + old.uri()
                            + "\"}},\"dest\":{\"index\":\"" + index + "\"}}");
        }
        recent.call("PUT", "/" + PLOT + "/_doc/more?refresh=true", "{\"task\":\"t\",\"type\":\"plot\"}");
    }

    @AfterAll
    static void stop() {
        Stream.of(old, recent).filter(Objects::nonNull).forEach(RealElasticsearch::close);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldTellVersionIndicesAndTemplates() throws Exception {
        assertThat(probe(new VersionProbe(nodes), old, "").value()).hasToString("\"5.6.16\"");
        assertThat(probe(new VersionProbe(nodes), recent, "").value()).hasToString("\"7.6.2\"");
        assertThat(probe(new IndicesProbe(counts), old, "").value())
                .hasToString(new ObjectMapper().writeValueAsString(loaded));
        assertThat(probe(new IndicesProbe(counts), recent, ", pattern: 'events-*'")
                        .value())
                .hasToString("{\"" + LOG + "\":76,\"" + PLOT + "\":9}");
        assertThat(probe(new IndicesProbe(counts), old, ", pattern: nope").value())
                .hasToString("{}");
        for (RealElasticsearch server : List.of(old, recent)) {
            assertThat(probe(new TemplatesProbe(templates), server, ", pattern: 'events*'")
                            .value())
                    .hasToString("[\"events\",\"events_log\",\"events_plot\",\"events_training_debug_image\"]");
        }
    }

    @Test
    void shouldTellHowFullTheDiskIs() throws Exception {
        Fact fact = probe(new DiskProbe(nodes), old, "");

        assertThat(fact.value().path("dataBytes").asLong()).isBetween(10_000L, 50_000_000L);
        assertThat(fact.value().path("totalBytes").asLong())
                .isGreaterThan(fact.value().path("availableBytes").asLong());
        assertThat(fact.value().path("usedPercent").asDouble()).isBetween(0.1, 100.0);
        assertThat(fact.value().path("watermarkLow").asDouble()).isEqualTo(85.0);
        assertThat(fact.value().path("watermarkFlood").isNull())
                .as("5.6 has none")
                .isTrue();
        assertThat(fact.value().path("readOnly")).isEmpty();
    }

    @Test
    void shouldTellWhichIndicesAreReadOnly() throws Exception {
        recent.call("PUT", "/" + LOG + "/_settings", "{\"index.blocks.read_only_allow_delete\":true}");
        try {
            Fact fact = probe(new DiskProbe(nodes), recent, "");

            assertThat(fact.value().path("readOnly")).hasToString("[\"" + LOG + "\"]");
            assertThat(fact.value().path("watermarkLow").isNull()).as("3gb").isTrue();
        } finally {
            recent.call("PUT", "/" + LOG + "/_settings", "{\"index.blocks.read_only_allow_delete\":null}");
        }
    }

    @Test
    void shouldJudgeHealthAndVersion() throws Exception {
        assertThat(check(new HealthCheck(nodes), recent, ", version: '7.6'"))
                .extracting(Evidence::result)
                .containsExactly(Result.PASSED, Result.PASSED);
        assertThat(check(new HealthCheck(nodes), old, ", version: '5.6.1'"))
                .extracting(Evidence::result)
                .containsExactly(Result.FAILED, Result.PASSED);
        assertThat(check(new HealthCheck(nodes), old, "")).hasSize(1);
    }

    @Test
    void shouldPassOnlyIndicesWithTheSameCounts() throws Exception {
        List<Evidence> evidence = Looking.at(cluster, new CountsEqualCheck(nodes, counts), both("['events-*']"));

        assertThat(evidence).hasSize(5);
        assertThat(of(evidence, LOG).result()).isEqualTo(Result.PASSED);
        assertThat(of(evidence, LOG).actual()).startsWith("76 documents on ");
        assertThat(of(evidence, PLOT).result()).isEqualTo(Result.FAILED);
        assertThat(of(evidence, PLOT).expected()).startsWith("8 documents, as on ");
        assertThat(of(evidence, PLOT).actual()).startsWith("9 documents on ");
        assertThat(of(evidence, "scalar").actual()).startsWith("no such index on ");
        assertThat(Looking.at(cluster, new CountsEqualCheck(nodes, counts), both("[nope]")))
                .extracting(Evidence::result)
                .containsExactly(Result.FAILED);
    }

    @Test
    void shouldNotPassWhenANodeIsComparedWithItself() throws Exception {
        String itself = both("['events-*']").replace("port: " + recent.port(), "port: " + old.port());

        Evidence evidence =
                Looking.at(cluster, new CountsEqualCheck(nodes, counts), itself).get(0);

        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.actual()).contains("lead to the same cluster");
    }

    @Test
    void shouldCompareWithWhatTheCopyHasNoted() throws Exception {
        note("{\\\"format\\\":1,\\\"indices\\\":{\\\"" + LOG + "\\\":76,\\\"" + PLOT + "\\\":10}}");

        List<Evidence> evidence = check(new DocumentsCheck(counts), recent, ", name: events");

        assertThat(of(evidence, LOG).result()).isEqualTo(Result.PASSED);
        assertThat(of(evidence, PLOT).result()).isEqualTo(Result.FAILED);
        assertThat(of(evidence, PLOT).expected()).isEqualTo("at least 10 documents");
    }

    @Test
    void shouldNotPassWhenTheCopyHasNotedNothing() throws Exception {
        assertThatThrownBy(() -> check(new DocumentsCheck(counts), recent, ", name: events"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("upstep-reindex-11111111-events");
        note("{\\\"format\\\":2}");
        assertThatThrownBy(() -> check(new DocumentsCheck(counts), recent, ", name: events"))
                .hasMessageContaining("to have format 1");
        note("{\\\"format\\\":1,\\\"indices\\\":{}}");
        assertThat(check(new DocumentsCheck(counts), recent, ", name: events"))
                .extracting(Evidence::result)
                .containsExactly(Result.FAILED);
    }

    @Test
    void shouldFindTemplatesAndDocuments() throws Exception {
        assertThat(check(new TemplatesCheck(templates), recent, ", names: [events, nope]"))
                .extracting(Evidence::result)
                .containsExactly(Result.PASSED, Result.FAILED);
        String logs = ", index: 'events-*', query: {term: {type: log}}";
        assertThat(check(new QueryCheck(counts), recent, logs + ", atLeast: 76")
                        .get(0)
                        .result())
                .isEqualTo(Result.PASSED);
        assertThat(check(new QueryCheck(counts), old, logs + ", atLeast: 77")
                        .get(0)
                        .actual())
                .isEqualTo("76 documents");
        assertThat(check(new QueryCheck(counts), recent, ", index: nope").get(0).actual())
                .isEqualTo("no such index");
        assertThat(check(new QueryCheck(counts), old, ", index: '*', query: {nonsense: {}}")
                        .get(0))
                .satisfies(said -> assertThat(said.result()).isEqualTo(Result.UNKNOWN))
                .satisfies(said -> assertThat(said.actual()).contains("status 400", "nonsense"));
    }

    @Test
    void shouldSayWhatIsMissingWhenThereIsNobodyToAsk() throws Exception {
        assertThat(Looking.at(cluster, new HealthCheck(nodes), "{connection: {service: ''}}")
                        .get(0))
                .satisfies(said -> assertThat(said.result()).isEqualTo(Result.UNKNOWN))
                .satisfies(said -> assertThat(said.actual()).contains("'host' and 'service' are empty"));
        assertThat(Looking.at(cluster, new VersionProbe(nodes), "{connection: {service: ''}}")
                        .unknown())
                .contains("no server to ask");
        assertThatThrownBy(
                        () -> Looking.at(cluster, new IndicesProbe(counts), "{connection: {host: a}, pattern: 'a,-b'}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("came 'a,-b'");
    }

    private void note(String escaped) {
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: upstep-reindex-11111111-events, labels:"
                + " {upstep.io/plan: " + MockCluster.PLAN + "}}, data: {counts.json: \"" + escaped + "\"}}");
    }

    private static Evidence of(List<Evidence> evidence, String index) {
        return evidence.stream()
                .filter(one -> one.subject().contains(index))
                .findFirst()
                .orElseThrow();
    }

    private static String both(String indices) {
        return "{source: {host: 127.0.0.1, port: " + old.port() + "}, destination: {host: 127.0.0.1, port: "
                + recent.port() + "}, indices: " + indices + "}";
    }

    private <P> Fact probe(Probe<P> probe, RealElasticsearch server, String more) throws BadParametersException {
        return Looking.at(cluster, probe, "{connection: {host: 127.0.0.1, port: " + server.port() + "}" + more + "}");
    }

    private <P> List<Evidence> check(Check<P> check, RealElasticsearch server, String more)
            throws BadParametersException {
        return Looking.at(cluster, check, "{connection: {host: 127.0.0.1, port: " + server.port() + "}" + more + "}");
    }
}
