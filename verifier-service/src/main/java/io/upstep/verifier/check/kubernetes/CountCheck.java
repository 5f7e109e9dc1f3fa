package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether there are exactly so many objects. */
@ApplicationScoped
public class CountCheck implements Check<CountCheck.With> {

    /** @param apiVersion not needed for Kubernetes' own kinds; of any other, a kind that is not there has no objects */
    public record With(String kind, String apiVersion, String selector, Integer expected) {
        public With {
            new Target(kind, apiVersion, null, selector);
            if (expected == null || expected < 0) {
                throw new IllegalArgumentException("expected how many are 'expected', came " + expected);
            }
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
    public List<Evidence> look(With with, CheckContext context) {
        Target target = new Target(with.kind(), with.apiVersion(), null, with.selector());
        Found found = Found.of(target, context);
        return List.of(context.judged(
                found.count() == with.expected(), target.toString(), "exactly " + with.expected(), found.toString()));
    }
}
