package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code elasticsearch.flush}: has a node write all it holds, so that a copy of its directory would be complete. */
@ApplicationScoped
public class FlushAction implements Action<FlushAction.With> {
    /** From here on there is no synced flush any more: every flush is one. */
    private static final int WITHOUT_SYNCED = 8;

    private final Nodes nodes;

    /** @param connection which node */
    public record With(Connection connection) {
        public With {
            Connection.require("connection", connection);
        }
    }

    public FlushAction(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "elasticsearch.flush";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        try (Node node = nodes.open(with.connection(), context)) {
            String version = node.version();
            JsonNode shards = node.post("/_flush?wait_if_ongoing=true")
                    .required("flushing " + node)
                    .body()
                    .path("_shards");
            if (shards.path("failed").asInt() > 0) {
                throw ActionException.passing(
                        "flush-incomplete",
                        "expected all shards of " + node + " to be flushed, "
                                + shards.path("failed").asInt() + " of "
                                + shards.path("total").asInt() + " were not; see its log");
            }
            boolean synced = sync(node, version, context);
            requireNothingSince(node);
            return new Outcome.Succeeded(
                    "flushed " + shards.path("successful").asInt() + " shards of " + node + ", version " + version,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("version", version)
                            .put("shards", shards.path("successful").asInt())
                            .put("synced", synced));
        }
    }

    /** It only makes the next start faster: what is not synced is flushed all the same. */
    private static boolean sync(Node node, String version, StepContext context) {
        if (Integer.parseInt(version.split("\\.")[0]) >= WITHOUT_SYNCED) {
            return false;
        }
        Answer answer = node.post("/_flush/synced");
        int failed = answer.body().at("/_shards/failed").asInt();
        if (!answer.isGood() || failed > 0) {
            context.log("the flush was not a synced one everywhere: "
                    + (failed > 0 ? failed + " shards were busy" : answer.reason()));
        }
        return answer.isGood() && failed == 0;
    }

    /** Operations that are not in a segment came while it flushed. */
    private static void requireNothingSince(Node node) {
        JsonNode translog = node.get("/_stats/translog?level=cluster")
                .required("asking what " + node + " has not flushed")
                .body()
                .at("/_all/primaries/translog");
        long since = translog.path("uncommitted_operations")
                .asLong(translog.path("operations").asLong());
        if (since > 0) {
            throw ActionException.passing(
                    "still-written-to",
                    "expected nothing to be written to " + node + " while it is flushed, " + since
                            + " operations were; stop what writes to it");
        }
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would flush " + with.connection());
    }
}
