package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.BooleanNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether something is installed: whether the objects that show it are there. */
@ApplicationScoped
public class InstalledProbe implements Probe<InstalledProbe.With> {

    public record With(String kind, String apiVersion, String name, String selector) {
        public With {
            new Target(kind, apiVersion, name, selector);
        }
    }

    @Override
    public String name() {
        return "kubernetes.installed";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Target target = new Target(with.kind(), with.apiVersion(), with.name(), with.selector());
        List<KubeObject> found = target.find(context);
        return Fact.known(
                BooleanNode.valueOf(!found.isEmpty()),
                found.isEmpty()
                        ? "no " + target + " in " + context.namespace()
                        : found.get(0).toString());
    }
}
