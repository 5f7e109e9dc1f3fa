package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How full the disk is that has most of the data, and from when on Elasticsearch minds. */
@ApplicationScoped
public class DiskProbe implements Probe<DiskProbe.With> {
    private static final String WATERMARK = "cluster.routing.allocation.disk.watermark.";
    private static final double PERCENT = 100.0;

    private final Nodes nodes;

    public DiskProbe(Nodes nodes) {
        this.nodes = nodes;
    }

    public record With(Connection connection) {
        public With {
            Connection.require("connection", connection);
        }
    }

    @Override
    public String name() {
        return "elasticsearch.disk";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        return Asking.fact(
                with.connection(),
                () -> BoundedFact.of(
                        disk(with.connection(), context), with.connection().toString()));
    }

    private ObjectNode disk(Connection connection, CheckContext context) {
        JsonNode largest = StreamSupport.stream(
                        nodes.get(connection, "/_nodes/stats/indices,fs", context)
                                .path("nodes")
                                .spliterator(),
                        false)
                .max(Comparator.comparingLong(DiskProbe::data))
                .orElseThrow(() -> new NoAnswerException(connection + " tells of no node"));
        long total = largest.at("/fs/total/total_in_bytes").asLong();
        long available = largest.at("/fs/total/available_in_bytes").asLong();
        if (total <= 0) {
            throw new NoAnswerException(connection + " does not say how large its disk is");
        }
        JsonNode settings =
                nodes.get(connection, "/_cluster/settings?include_defaults=true&flat_settings=true", context);
        ObjectNode value = JsonNodeFactory.instance
                .objectNode()
                .put("dataBytes", data(largest))
                .put("totalBytes", total)
                .put("availableBytes", available)
                .put("usedPercent", Math.round((total - available) * PERCENT * 10 / total) / 10.0)
                .put("watermarkLow", percent(setting(settings, "low")))
                .put("watermarkFlood", percent(setting(settings, "flood_stage")));
        value.set("readOnly", readOnly(connection, context));
        return value;
    }

    private static long data(JsonNode node) {
        return node.at("/indices/store/size_in_bytes").asLong();
    }

    /** What was set for now is stronger than what was set to stay, and that than what it is by itself. */
    private static String setting(JsonNode settings, String name) {
        return Stream.of("transient", "persistent", "defaults")
                .map(part -> settings.path(part).path(WATERMARK + name).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Null where it is told in bytes, or the version has no such watermark. */
    private static Double percent(String watermark) {
        if (watermark.matches("\\d{1,3}(\\.\\d+)?%")) {
            return Double.valueOf(watermark.substring(0, watermark.length() - 1));
        }
        return watermark.matches("0?\\.\\d+|1\\.0+|0\\.0+") ? Double.valueOf(watermark) * PERCENT : null;
    }

    private ArrayNode readOnly(Connection connection, CheckContext context) {
        ArrayNode indices = JsonNodeFactory.instance.arrayNode();
        nodes.get(connection, "/_all/_settings/index.blocks.read_only*", context)
                .properties()
                .forEach(index -> {
                    for (JsonNode block : index.getValue().at("/settings/index/blocks")) {
                        if (block.asBoolean()) {
                            indices.add(index.getKey());
                            return;
                        }
                    }
                });
        return indices;
    }
}
