package io.upstep.executor.action.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.event.AttemptId;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig.PortForward;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.kubernetes.FakeContext;
import io.upstep.executor.action.route.Routes;
import io.upstep.simulator.servers.TrainsEvents;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Two empty nodes, and a plan that nobody else has. */
abstract class NodesTestBase {
    static final String LOG = "events-log-" + TrainsEvents.COMPANY;
    static final String PLOT = "events-plot-" + TrainsEvents.COMPANY;
    static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    static TestCluster cluster;
    static TestNodes servers;

    final Nodes nodes = new Nodes(new Routes(PortForward.AUTO, Optional.empty()), Duration.ofMinutes(2));
    final Action<?> reindex = new ReindexAction(nodes);
    final Action<?> deleteCopies = new DeleteCopiesAction(nodes);
    FakeContext context;

    @BeforeAll
    static void start() {
        servers = TestNodes.shared();
        cluster = new TestCluster();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void empty() {
        servers.empty();
        context = new FakeContext(cluster, new AttemptId(UUID.randomUUID().toString(), "copy", 1, 5));
    }

    static Outcome run(Action<?> action, FakeContext context, String with) {
        return bound(action, context, with);
    }

    static ActionException refusal(Action<?> action, FakeContext context, String with) {
        return catchThrowableOfType(ActionException.class, () -> bound(action, context, with));
    }

    private static <P> Outcome bound(Action<P> action, FakeContext context, String with) {
        return action.run(Parameters.bind(action.name(), yaml(with), action.parameters()), context);
    }

    static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** A reindex of all events, with more parameters, each on a line of its own. */
    static String all(String... more) {
        return """
                name: events
                source: {host: 127.0.0.1, port: %d}
                destination: {host: 127.0.0.1, port: %d}
                remote: http://127.0.0.1:%d
                indices: [events-*, worker_stats_*, queue_metrics_*]
                """.formatted(servers.old.port(), servers.recent.port(), servers.old.port()) + String.join("\n", more);
    }

    static String destination() {
        return "{name: events, connection: {host: 127.0.0.1, port: " + servers.recent.port() + "}}";
    }

    /** The same of two indices of events. */
    static String two(String... more) {
        return all(more).replace("events-*, worker_stats_*, queue_metrics_*", "events-log-*, events-plot-*");
    }

    /** So many documents, a fifth of them plots and the others logs. */
    static void load(int documents) {
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < documents; i++) {
            bulk.append("{\"index\":{\"_index\":\"").append(i % 5 == 0 ? PLOT : LOG);
            bulk.append("\",\"_type\":\"event\",\"_id\":\"")
                    .append(i)
                    .append("\",\"_routing\":\"t\"}}\n{\"task\":\"t\"}\n");
        }
        servers.old.call("POST", "/_bulk?refresh=true", bulk.toString());
    }

    /** The destination, for somebody who is not stopped with the context. */
    static Node node(FakeContext context) {
        return new Nodes(new Routes(PortForward.AUTO, Optional.empty()), Duration.ofMinutes(2))
                .open(
                        new Connection("127.0.0.1", null, servers.recent.port(), null, null),
                        new FakeContext(cluster, context.attempt()));
    }

    static long there(String index) {
        return json(servers.recent.call("GET", "/" + index + "/_count", ""))
                .path("count")
                .asLong();
    }

    static Map<String, String> kept(FakeContext of) {
        String name = CopyMark.configMap("events", of);
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace(cluster.namespace())
                        .withName(name)
                        .get())
                .as(name)
                .isNotNull();
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get()
                .getData();
    }
}
