package io.upstep.verifier.check.elasticsearch;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whether each index of one node is on another one, too, with as many documents. */
@ApplicationScoped
public class CountsEqualCheck implements Check<CountsEqualCheck.With> {
    private final Nodes nodes;
    private final Counts counts;

    public CountsEqualCheck(Nodes nodes, Counts counts) {
        this.nodes = nodes;
        this.counts = counts;
    }

    /**
     * @param source whose indices are meant
     * @param destination where they are to be, too; what else there is does not matter
     * @param indices names or patterns
     */
    public record With(Connection source, Connection destination, List<String> indices) {
        public With {
            Connection.require("source", source);
            Connection.require("destination", destination);
            IndexPattern.all(indices);
        }
    }

    @Override
    public String name() {
        return "elasticsearch.counts-equal";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String subject = "indices " + String.join(", ", with.indices());
        String expected = "the same number of documents in each";
        return Asking.of(
                subject,
                expected,
                context,
                () -> compared(with, subject, expected, context),
                with.source(),
                with.destination());
    }

    private List<Evidence> compared(With with, String subject, String expected, CheckContext context) {
        if (areOne(with.source(), with.destination(), context)) {
            // What is compared with itself is always the same.
            return List.of(context.failed(
                    subject, expected, with.source() + " and " + with.destination() + " lead to the same cluster"));
        }
        List<IndexPattern> patterns = IndexPattern.all(with.indices());
        Map<String, Long> here = counts.of(with.source(), patterns, context);
        if (here.isEmpty()) {
            return List.of(context.failed(subject, expected, with.source() + " has none of them"));
        }
        Map<String, Long> there = counts.of(with.destination(), patterns, context);
        return here.entrySet().stream()
                .map(index -> context.judged(
                        index.getValue().equals(there.get(index.getKey())),
                        "index " + index.getKey(),
                        index.getValue() + " documents, as on " + with.source(),
                        there.containsKey(index.getKey())
                                ? there.get(index.getKey()) + " documents on " + with.destination()
                                : "no such index on " + with.destination()))
                .toList();
    }

    /** A node on a copy of the other's directory calls its cluster the same, and is not the same process. */
    private boolean areOne(Connection one, Connection other, CheckContext context) {
        if (!cluster(one, context).equals(cluster(other, context))) {
            return false;
        }
        return !Collections.disjoint(processes(one, context), processes(other, context));
    }

    private String cluster(Connection connection, CheckContext context) {
        return nodes.get(connection, "/", context).path("cluster_uuid").asText();
    }

    /** What each node's process has called itself when it started. */
    private Set<String> processes(Connection connection, CheckContext context) {
        Set<String> processes = new TreeSet<>();
        nodes.get(connection, "/_cluster/state/nodes", context)
                .path("nodes")
                .forEach(node -> processes.add(node.path("ephemeral_id").asText("")));
        if (processes.isEmpty() || processes.contains("")) {
            throw new NoAnswerException(
                    connection + " does not say which processes its cluster has; it cannot be told from a copy");
        }
        return processes;
    }
}
