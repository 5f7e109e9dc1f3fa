package io.upstep.executor.action.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.simulator.servers.RealElasticsearch;
import io.upstep.simulator.servers.TrainsEvents;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done to a node before and after a copy. */
class TemplatesAndFlushTest extends NodesTestBase {
    private final Action<?> put = new PutTemplatesAction(nodes);
    private final Action<?> flush = new FlushAction(nodes);

    @AfterEach
    void putBack() {
        TrainsEvents.put(TrainsEvents.templates7(), servers.recent);
    }

    @Test
    void shouldPutOnlyTheTemplatesThatAreMissing() {
        servers.recent.call("DELETE", "/_template/events_log", "");

        Outcome outcome = run(put, context, templates(TrainsEvents.templates7()).toString());

        assertThat(outcome.summary())
                .isEqualTo("put: events_log; there already: events, events_plot, events_training_debug_image,"
                        + " queue_metrics, worker_stats");
        assertThat(servers.recent.call("GET", "/_template/events_log", "")).contains("events-log-*");
    }

    @Test
    void shouldRecogniseWhatAnOldServerGivesBack() {
        ObjectNode with = templates(TrainsEvents.templates5());
        ((ObjectNode) with.path("connection")).put("port", servers.old.port());

        assertThat(run(put, context, with.toString()).summary()).startsWith("there already: events, ");
    }

    @Test
    void shouldWriteOverATemplateOnlyWhenToldTo() {
        Map<String, String> changed = TrainsEvents.templates7();
        changed.computeIfPresent("events", (name, body) -> body.replace("\"long\"", "\"integer\""));

        ActionException refusal = refusal(put, context, templates(changed).toString());
        Outcome replaced =
                run(put, context, templates(changed).put("replace", true).toString());

        assertThat(refusal.code()).isEqualTo("template-differs");
        assertThat(refusal).hasMessageContaining("expected template events of").hasMessageContaining("replace: true");
        assertThat(replaced.summary()).startsWith("put: events; there already: ");
    }

    @Test
    void shouldFlushOldAndNewAlike() {
        load(50);
        servers.recent.call("PUT", "/events-mine/_doc/1", "{\"task\":\"t\"}");

        Outcome.Succeeded old = (Outcome.Succeeded) run(flush, context, connection(servers.old));
        Outcome.Succeeded recent = (Outcome.Succeeded) run(flush, context, connection(servers.recent));

        assertThat(old.details().toString()).isEqualTo("{\"version\":\"5.6.16\",\"shards\":2,\"synced\":true}");
        assertThat(recent.details().path("synced").asBoolean()).isTrue();
        assertThat(servers.old.call("GET", "/_stats/translog?level=cluster", ""))
                .contains("\"operations\":0");
    }

    private static String connection(RealElasticsearch server) {
        return "connection: {host: 127.0.0.1, port: " + server.port() + "}";
    }

    private static ObjectNode templates(Map<String, String> templates) {
        ObjectNode with = new ObjectMapper().createObjectNode();
        with.putObject("connection").put("host", "127.0.0.1").put("port", servers.recent.port());
        ObjectNode bodies = with.putObject("templates");
        templates.forEach((name, body) -> bodies.set(name, (JsonNode) json(body)));
        return with;
    }
}
