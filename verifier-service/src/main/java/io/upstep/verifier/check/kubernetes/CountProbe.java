package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.IntNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** How many objects there are. */
@ApplicationScoped
public class CountProbe implements Probe<CountProbe.With> {

    /** @param apiVersion not needed for Kubernetes' own kinds; of any other, a kind that is not there has no objects */
    public record With(String kind, String apiVersion, String selector) {
        public With {
            new Target(kind, apiVersion, null, selector);
        }
    }

    @Override
    public String name() {
        return "kubernetes.count";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Target target = new Target(with.kind(), with.apiVersion(), null, with.selector());
        return Fact.known(IntNode.valueOf(Found.of(target, context).count()), target + " in " + context.namespace());
    }
}
