package io.upstep.simulator.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What a Trains server of 0.15 keeps in Elasticsearch 5.6: its index templates, and documents of every kind. */
public final class TrainsEvents {
    public static final String COMPANY = "d1bd92a3b039400cbafc60a7a5b1e52b";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int BATCH = 4_000;
    private static final int TASKS = 40;
    private static final String BEGINNING = "2020-06-01T00:00:00Z";
    private static final String WHILE_LOADING =
            "{\"index\":{\"refresh_interval\":\"-1\",\"translog.durability\":\"async\"}}";
    private static final String AS_USUAL =
            "{\"index\":{\"refresh_interval\":null,\"translog.durability\":\"request\"}}";

    /** The indices, what part of a hundred documents each has, and the mapping type Elasticsearch 5 wants. */
    private enum Kind {
        LOG("events-log-" + COMPANY, 38, "event"),
        SCALAR("events-training_stats_scalar-" + COMPANY, 42, "event"),
        VECTOR("events-training_stats_vector-" + COMPANY, 4, "event"),
        IMAGE("events-training_debug_image-" + COMPANY, 6, "event"),
        PLOT("events-plot-" + COMPANY, 4, "event"),
        WORKER("worker_stats_" + COMPANY + "_2020-06", 4, "stat"),
        QUEUE("queue_metrics_" + COMPANY + "_2020-06", 2, "metrics");

        private final String index;
        private final int percent;
        private final String type;

        Kind(String index, int percent, String type) {
            this.index = index;
            this.percent = percent;
            this.type = type;
        }

        private String document(int number) {
            String event = "\"@timestamp\":\"" + BEGINNING + "\",\"task\":\"" + task(number)
                    + "\",\"worker\":\"trains-agent-" + number % 5 + "\",\"iter\":" + number;
            return switch (this) {
                case LOG ->
                    event + ",\"type\":\"log\",\"level\":\"INFO\",\"msg\":\"Epoch " + number
                            + ": loss went down a little\"";
                case SCALAR ->
                    event + ",\"type\":\"training_stats_scalar\",\"metric\":\"loss\",\"variant\":\"train\",\"value\":0."
                            + number;
                case VECTOR ->
                    event
                            + ",\"type\":\"training_stats_vector\",\"metric\":\"weights\",\"variant\":\"layer\",\"values\":[1,2,"
                            + number + "]";
                case IMAGE ->
                    event + ",\"type\":\"training_debug_image\",\"metric\":\"input\",\"variant\":\"a\",\"key\":\"k"
                            + number + "\",\"url\":\"http://files/" + number + ".png\"";
                case PLOT ->
                    event + ",\"type\":\"plot\",\"metric\":\"confusion\",\"variant\":\"m\",\"plot_str\":\"{'data': ["
                            + number + "]}\"";
                case WORKER ->
                    "\"timestamp\":\"" + BEGINNING + "\",\"worker\":\"trains-agent-" + number % 5
                            + "\",\"category\":\"cpu\",\"metric\":\"cpu_usage\",\"variant\":\"total\",\"value\":"
                            + number;
                case QUEUE ->
                    "\"timestamp\":\"" + BEGINNING + "\",\"queue\":\"default\",\"average_waiting_time\":" + number
                            + ",\"queue_length\":" + number % 7;
            };
        }

        private void append(int number, StringBuilder bulk) {
            String routing = type.equals("event") ? ",\"_routing\":\"" + task(number) + "\"" : "";
            bulk.append("{\"index\":{\"_index\":\"")
                    .append(index)
                    .append("\",\"_type\":\"")
                    .append(type)
                    .append("\",\"_id\":\"");
            bulk.append(name())
                    .append('-')
                    .append(number)
                    .append('"')
                    .append(routing)
                    .append("}}\n");
            bulk.append('{').append(document(number)).append("}\n");
        }

        private static String task(int number) {
            return String.format("%032x", number % TASKS);
        }
    }

    private TrainsEvents() {}

    /** As the server of 0.15 puts them: mapping types, required routing, and specific ones after the general one. */
    public static Map<String, String> templates5() {
        return templates("trains-templates-5.json");
    }

    /** As the server of 0.16 puts them. */
    public static Map<String, String> templates7() {
        return templates("trains-templates-7.json");
    }

    public static void put(Map<String, String> templates, RealElasticsearch server) {
        templates.forEach((name, body) -> server.call("PUT", "/_template/" + name, body));
    }

    /** Fills a node of Elasticsearch 5.6, whose templates are there, with so many documents, and returns how many went where. */
    public static Map<String, Integer> load(RealElasticsearch server, int documents) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            counts.put(kind.index, documents * kind.percent / 100);
        }
        counts.keySet().forEach(index -> server.call("PUT", "/" + index, WHILE_LOADING));
        for (Kind kind : Kind.values()) {
            int all = counts.get(kind.index);
            // Two at a time keep the node busy while the next are being written down.
            IntStream.range(0, (all + BATCH - 1) / BATCH)
                    .parallel()
                    .forEach(batch -> send(kind, batch * BATCH, Math.min(all, (batch + 1) * BATCH), server));
        }
        counts.keySet().forEach(index -> server.call("PUT", "/" + index + "/_settings", AS_USUAL));
        server.call("POST", "/_refresh", "");
        return counts;
    }

    private static void send(Kind kind, int first, int end, RealElasticsearch server) {
        StringBuilder bulk = new StringBuilder();
        IntStream.range(first, end).forEach(number -> kind.append(number, bulk));
        String answer = server.call("POST", "/_bulk?filter_path=errors,items.*.error", bulk.toString());
        if (!answer.contains("\"errors\":false")) {
            throw new IllegalStateException(
                    "not all were taken: " + answer.substring(0, Math.min(1000, answer.length())));
        }
    }

    private static Map<String, String> templates(String resource) {
        try (InputStream file = TrainsEvents.class.getResourceAsStream(resource)) {
            Map<String, String> templates = new TreeMap<>();
            for (Map.Entry<String, JsonNode> template : MAPPER.readTree(file).properties()) {
                templates.put(template.getKey(), template.getValue().toString());
            }
            return templates;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
