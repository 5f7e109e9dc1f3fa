package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Where workloads keep their data in the end: through claims and volumes, to the directory of a node or server. */
@ApplicationScoped
public class HostPathsProbe implements Probe<HostPathsProbe.With> {

    public record With(String kind, String name, String selector) {
        public With {
            new Target(kind, null, name, selector);
        }
    }

    @Override
    public String name() {
        return "kubernetes.host-paths";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Target target = new Target(with.kind(), null, with.name(), with.selector());
        MountedPaths paths = new MountedPaths(context);
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        List<KubeObject> found = target.find(context);
        found.forEach(workload -> paths.of(workload).forEach(all::add));
        return BoundedFact.of(all, target + " in " + context.namespace() + ", " + found.size() + " found");
    }
}
