package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether objects are still the very same ones, and none was made anew under its name. */
@ApplicationScoped
public class IdentitiesCheck implements Check<IdentitiesCheck.With> {

    /**
     * @param names only those of these names
     * @param expected the uids by name, as the probe of this name has told them; others may have come
     */
    public record With(String kind, String apiVersion, String selector, List<String> names, ObjectNode expected) {
        public With {
            new Identities(kind, apiVersion, selector, names);
            if (expected == null || expected.isEmpty()) {
                throw new IllegalArgumentException(
                        "expected 'expected' with the uid of at least one object by its name, came " + expected);
            }
        }

        private Identities identities() {
            return new Identities(kind, apiVersion, selector, names);
        }
    }

    @Override
    public String name() {
        return "kubernetes.identities";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Map<String, String> now = with.identities().read(context);
        List<Evidence> evidence = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : with.expected().properties()) {
            String uid = entry.getValue().asText();
            String found = now.get(entry.getKey());
            evidence.add(context.judged(
                    uid.equals(found),
                    with.kind() + " " + entry.getKey(),
                    "the same object as before, uid " + uid,
                    found == null ? "no such object" : "uid " + found));
        }
        return evidence;
    }
}
