package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.KindNotServedException;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether objects are there, are gone, or are as many as they should be. */
@ApplicationScoped
public class ObjectCheck implements Check<ObjectCheck.With> {
    /**
     * @param apiVersion not needed for Kubernetes' own kinds
     * @param present whether any is to be there; true if not said
     * @param count how many are to be there, exactly
     */
    public record With(String kind, String apiVersion, String name, String selector, Boolean present, Integer count) {
        public With {
            new Target(kind, apiVersion, name, selector);
            present = present == null || present;
            if (count != null && (count < 0 || !present)) {
                throw new IllegalArgumentException(
                        "expected a 'count' that is not negative, and no 'present: false' beside it");
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.object";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Target target = new Target(with.kind(), with.apiVersion(), with.name(), with.selector());
        List<KubeObject> found = find(target, with, context);
        return List.of(context.judged(
                good(with, found.size()), target.toString(), expected(with), new Found(found).toString()));
    }

    private static List<KubeObject> find(Target target, With with, CheckContext context) {
        try {
            return target.find(context);
        } catch (KindNotServedException e) {
            // A kind that is gone, with its custom resource definition, has no objects. Asked for anything else, it is
            // a riddle.
            if (!with.present() && with.apiVersion() != null) {
                return List.of();
            }
            throw e;
        }
    }

    private static boolean good(With with, int found) {
        return with.count() != null ? found == with.count() : with.present() == (found > 0);
    }

    private static String expected(With with) {
        return with.count() != null ? "exactly " + with.count() : with.present() ? "present" : "absent";
    }
}
