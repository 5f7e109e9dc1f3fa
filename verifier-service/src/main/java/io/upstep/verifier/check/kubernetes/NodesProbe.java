package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** The nodes that carry a label: how many, which, how many of them are ready, and the memory of the smallest. */
@ApplicationScoped
public class NodesProbe implements Probe<NodesProbe.With> {
    private static final Kind NODE = Kind.builtIn("Node");

    /** @param selector all nodes if not said */
    public record With(String selector) {}

    @Override
    public String name() {
        return "kubernetes.nodes";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        List<KubeObject> nodes = context.cluster().list(NODE, context.namespace(), with.selector()).stream()
                .sorted(Comparator.comparing(KubeObject::name))
                .toList();
        for (KubeObject node : nodes) {
            if (memory(node) < 0) {
                return Fact.unknown(node + " does not say a memory that can be read: '"
                        + node.text("/status/capacity/memory") + "'");
            }
        }
        return BoundedFact.of(
                told(nodes), with.selector() == null ? "all nodes" : "nodes with the label " + with.selector());
    }

    private static ObjectNode told(List<KubeObject> nodes) {
        ObjectNode fact = JsonNodeFactory.instance.objectNode().put("count", nodes.size());
        ArrayNode names = fact.putArray("names");
        nodes.forEach(node -> names.add(node.name()));
        return fact.put("ready", nodes.stream().filter(NodesProbe::isUsable).count())
                .put(
                        "memoryBytes",
                        nodes.stream().mapToLong(NodesProbe::memory).min().orElse(0));
    }

    /** Ready, and pods may be put on it. */
    private static boolean isUsable(KubeObject node) {
        return node.hasCondition("Ready", "True")
                && !node.at("/spec/unschedulable").asBoolean(false);
    }

    private static long memory(KubeObject node) {
        String said = node.text("/status/capacity/memory");
        if (said == null) {
            return -1;
        }
        try {
            return Quantity.getAmountInBytes(new Quantity(said)).longValue();
        } catch (IllegalArgumentException e) {
            // Told as unknown, with what was said, by whoever asked.
            return -1;
        }
    }
}
