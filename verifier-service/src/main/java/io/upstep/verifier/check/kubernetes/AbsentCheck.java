package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether objects are gone; one that is still being deleted is not. */
@ApplicationScoped
public class AbsentCheck implements Check<AbsentCheck.With> {

    /**
     * @param names these; or
     * @param selector all that a label selector matches
     */
    public record With(String kind, String apiVersion, List<String> names, String selector) {
        public With {
            new Target(kind, apiVersion, null, selector);
            names = names == null ? List.of() : List.copyOf(names);
            if (names.isEmpty() == (selector == null || selector.isBlank())) {
                throw new IllegalArgumentException("expected 'names' or a 'selector'");
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.absent";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        if (with.names().isEmpty()) {
            return List.of(judge(new Target(with.kind(), with.apiVersion(), null, with.selector()), context));
        }
        return with.names().stream()
                .map(name -> judge(new Target(with.kind(), with.apiVersion(), name, null), context))
                .toList();
    }

    private static Evidence judge(Target target, CheckContext context) {
        Found found = Found.of(target, context);
        boolean going = found.objects().stream().anyMatch(KubeObject::isTerminating);
        return context.judged(
                found.count() == 0, target.toString(), "absent", found + (going ? " (being deleted)" : ""));
    }
}
