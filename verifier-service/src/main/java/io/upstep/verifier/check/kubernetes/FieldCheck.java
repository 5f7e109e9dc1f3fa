package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.SameJson;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether a field of an object has a value. */
@ApplicationScoped
public class FieldCheck implements Check<FieldCheck.With> {
    private static final int SHOWN = 200;

    /**
     * @param pointer RFC 6901, for example {@code /spec/replicas}
     * @param expected the value there; null for: no such field
     */
    public record With(String kind, String apiVersion, String name, String pointer, JsonNode expected) {
        public With {
            new Target(kind, apiVersion, name, null);
            if (name == null || pointer == null || expected == null) {
                throw new IllegalArgumentException(
                        "expected the object's 'name', a 'pointer' and what is 'expected' there");
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
    public List<Evidence> look(With with, CheckContext context) {
        Target target = new Target(with.kind(), with.apiVersion(), with.name(), null);
        String expected = with.pointer() + " = " + shown(with.expected());
        return target.find(context).stream()
                .findFirst()
                .map(object -> List.of(judge(object, with, expected, context)))
                .orElseGet(() -> List.of(context.failed(target.toString(), expected, "no such object")));
    }

    private static Evidence judge(KubeObject object, With with, String expected, CheckContext context) {
        JsonNode value = object.at(with.pointer());
        boolean absent = value.isMissingNode() || value.isNull();
        boolean good = absent ? with.expected().isNull() : SameJson.same(value, with.expected());
        return context.judged(good, object.toString(), expected, absent ? "no such field" : shown(value));
    }

    private static String shown(JsonNode value) {
        String text = Discretion.about(value).toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
