package io.upstep.verifier.check.kubernetes;

import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.KindNotServedException;
import io.upstep.verifier.cluster.KubeObject;
import java.util.List;
import java.util.stream.Collectors;

/** The objects found, told by their names. */
record Found(List<KubeObject> objects) {
    private static final int SHOWN = 5;

    /** None, too, if the API server has no such kind: a kind that is gone, with its definition, has no objects. */
    static Found of(Target target, CheckContext context) {
        try {
            return new Found(target.find(context));
        } catch (KindNotServedException e) {
            // Without its apiVersion a kind that is not Kubernetes' own may just be misspelt.
            if (target.apiVersion() != null) {
                return new Found(List.of());
            }
            throw e;
        }
    }

    int count() {
        return objects.size();
    }

    @Override
    public String toString() {
        if (objects.isEmpty()) {
            return "none found";
        }
        String names = objects.stream().limit(SHOWN).map(KubeObject::name).collect(Collectors.joining(", "));
        return count() + " found: " + names + (count() > SHOWN ? ", …" : "");
    }
}
