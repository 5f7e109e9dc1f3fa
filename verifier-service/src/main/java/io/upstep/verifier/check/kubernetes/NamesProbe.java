package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;

/** What objects are called, in alphabetical order. */
@ApplicationScoped
public class NamesProbe implements Probe<NamesProbe.With> {

    /** @param apiVersion not needed for Kubernetes' own kinds; of any other, a kind that is not there has no objects */
    public record With(String kind, String apiVersion, String selector) {
        public With {
            new Target(kind, apiVersion, null, selector);
        }
    }

    @Override
    public String name() {
        return "kubernetes.names";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Target target = new Target(with.kind(), with.apiVersion(), null, with.selector());
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        Found.of(target, context).objects().stream()
                .map(KubeObject::name)
                .sorted()
                .forEach(names::add);
        return BoundedFact.of(names, target + " in " + context.namespace());
    }
}
