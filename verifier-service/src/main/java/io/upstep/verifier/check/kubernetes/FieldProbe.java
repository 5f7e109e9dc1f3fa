package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The value of any field of an object. Values of Secrets were hidden before they got here. */
@ApplicationScoped
public class FieldProbe implements Probe<FieldProbe.With> {

    /** @param pointer RFC 6901, for example {@code /spec/replicas} */
    public record With(String kind, String apiVersion, String name, String selector, String pointer) {
        public With {
            new Target(kind, apiVersion, name, selector);
            if (pointer == null) {
                throw new IllegalArgumentException("expected a 'pointer', for example /spec/replicas");
            }
            JsonPointer.compile(pointer);
        }
    }

    @Override
    public String name() {
        return "kubernetes.field";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Target target = new Target(with.kind(), with.apiVersion(), with.name(), with.selector());
        List<KubeObject> found = target.find(context);
        if (found.isEmpty()) {
            return Fact.unknown("no " + target + " in " + context.namespace());
        }
        List<JsonNode> values = found.stream()
                .map(object -> object.at(with.pointer()))
                .distinct()
                .toList();
        if (values.size() > 1) {
            return Fact.unknown("the objects disagree on " + with.pointer() + ": "
                    + String.join(", ", found.stream().map(KubeObject::toString).toList()));
        }
        JsonNode value = values.get(0);
        return value.isMissingNode() || value.isNull()
                ? Fact.unknown(found.get(0) + " has no " + with.pointer())
                : Fact.known(Discretion.about(value), found.get(0) + ", " + with.pointer());
    }
}
