package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/**
 * {@code elasticsearch.reindex}: has one node copy indices from another, one by one, and believes that they are copied when
 * both count the same documents. Cut off anywhere, it goes on with what is missing.
 */
@ApplicationScoped
public class ReindexAction implements Action<ReindexAction.With> {
    private static final int BATCH = 500;
    private static final int LARGEST_BATCH = 10_000;
    private static final int MOST_AT_ONCE = 16;

    private final Nodes nodes;

    /**
     * @param source where the documents are
     * @param destination where they are to be; its node reads them itself
     * @param remote the source as the destination's node sees it, as in {@code http://elasticsearch-service:9200}
     * @param indices names and patterns of the source's indices
     * @param batchSize how many documents are moved at a time; 500 if not said
     * @param batchSizes the same for some of the indices, by name or pattern
     * @param requestsPerSecond how many documents per second at most, for each index; no limit if not said
     * @param parallel how many indices at a time; one if not said
     * @param name of the note of what was copied
     */
    public record With(
            Connection source,
            Connection destination,
            String remote,
            List<String> indices,
            Integer batchSize,
            Map<String, Integer> batchSizes,
            Double requestsPerSecond,
            Integer parallel,
            String name) {
        public With {
            Connection.require("source", source);
            Connection.require("destination", destination);
            CopyMark.requireName(name);
            if (remote == null || !remote.matches("https?://[^/@\\s]+:\\d{1,5}(/\\S*)?")) {
                throw new IllegalArgumentException(
                        "expected 'remote' to be the source as the destination's node sees it, with its port and without"
                                + " credentials, such as http://elasticsearch:9200, came '" + remote + "'");
            }
            indices = indices == null ? List.of() : List.copyOf(indices);
            if (indices.isEmpty()) {
                throw new IllegalArgumentException("expected 'indices', names or patterns, which are missing");
            }
            indices.forEach(IndexPattern::new);
            batchSizes = batchSizes == null ? Map.of() : Map.copyOf(batchSizes);
            batchSizes.keySet().forEach(IndexPattern::new);
            batchSizes.values().forEach(size -> between("batchSizes", size, LARGEST_BATCH));
            batchSize = between("batchSize", batchSize == null ? BATCH : batchSize, LARGEST_BATCH);
            parallel = between("parallel", parallel == null ? 1 : parallel, MOST_AT_ONCE);
            if (requestsPerSecond != null && requestsPerSecond <= 0) {
                throw new IllegalArgumentException(
                        "expected 'requestsPerSecond' to be more than 0, came " + requestsPerSecond);
            }
        }

        private static int between(String key, int number, int most) {
            if (number < 1 || number > most) {
                throw new IllegalArgumentException("expected '" + key + "' to be 1 to " + most + ", came " + number);
            }
            return number;
        }

        int batchSize(String index) {
            return batchSizes.entrySet().stream()
                    .filter(size -> new IndexPattern(size.getKey()).matches(index))
                    .mapToInt(Map.Entry::getValue)
                    .min()
                    .orElse(batchSize);
        }
    }

    public ReindexAction(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "elasticsearch.reindex";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        try (Node source = nodes.open(with.source(), context);
                Node destination = nodes.open(with.destination(), context)) {
            requireTwo(source, destination);
            CopyNotes notes = new CopyNotes(with.name(), context);
            if (notes.areOutdated()) {
                context.log("copying anew: what an earlier run has copied may be out of date");
                new CopyRemoval(destination, CopyMark.of(context, with.name()), notes, context).run();
            }
            notes.begin(with.destination(), with.name());
            CopyRun run = new CopyRun(with, source, destination, notes, context);
            Map<String, Copied> copied = run.all();
            notes.putCounts(source.version(), destination.version(), Copied.counts(copied));
            return outcome(copied, notes);
        }
    }

    /** What is compared with itself is always the same. */
    private static void requireTwo(Node source, Node destination) {
        if (source.cluster().equals(destination.cluster())) {
            throw ActionException.permanent(
                    "same-cluster",
                    "expected two clusters, but " + source + " and " + destination
                            + " lead to the same one; name the old one as 'source' and the new one as 'destination'");
        }
    }

    private static Outcome outcome(Map<String, Copied> copied, CopyNotes notes) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("configMap", notes.configMap());
        ObjectNode indices = details.putObject("indices");
        copied.forEach((index, result) -> indices.putObject(index)
                .put("documents", result.documents())
                .put("copied", result.copied())
                .put("thereAlready", result.documents() - result.copied()));
        long documents = copied.values().stream().mapToLong(Copied::documents).sum();
        long moved = copied.values().stream().mapToLong(Copied::copied).sum();
        return new Outcome.Succeeded(
                "copied " + moved + " documents; the same " + documents + " are on both sides, in " + copied.size()
                        + " indices",
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would have " + with.destination() + " copy the indices "
                + String.join(", ", with.indices()) + " from " + with.source() + ", " + with.parallel()
                + " at a time, and count them on both sides");
    }
}
