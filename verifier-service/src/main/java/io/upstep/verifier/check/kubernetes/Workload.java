package io.upstep.verifier.check.kubernetes;

import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import java.util.List;

/**
 * A workload with everything that belongs to it, read in one go.
 *
 * @param object the Deployment, StatefulSet, DaemonSet, ReplicaSet or Job
 * @param revisions its ReplicaSets or ControllerRevisions, the newest first
 * @param pods the pods its selector matches that are its own, or nobody's any more
 */
record Workload(KubeObject object, List<KubeObject> revisions, List<KubeObject> pods) {
    private static final Kind POD = Kind.builtIn("Pod");
    private static final Kind REPLICA_SET = Kind.builtIn("ReplicaSet");
    private static final Kind CONTROLLER_REVISION = Kind.builtIn("ControllerRevision");
    private static final String DEPLOYMENT_REVISION = "/metadata/annotations/deployment.kubernetes.io~1revision";

    static Workload read(KubeObject object, CheckContext context) {
        String selector = Labels.selector(object.at("/spec/selector"));
        // An empty selector would match every pod there is; nothing of them belongs to this workload.
        List<KubeObject> pods =
                selector.isEmpty() ? List.of() : context.cluster().list(POD, context.namespace(), selector);
        return object.kind().equals("Deployment")
                ? deployment(object, selector, pods, context)
                : new Workload(object, controllerRevisions(object, context), own(pods, object));
    }

    private static Workload deployment(
            KubeObject object, String selector, List<KubeObject> pods, CheckContext context) {
        List<KubeObject> sets = context.cluster().list(REPLICA_SET, context.namespace(), selector);
        List<KubeObject> own = newestFirst(sets, object, DEPLOYMENT_REVISION);
        List<String> others = sets.stream()
                .filter(set -> !own.contains(set))
                .map(KubeObject::uid)
                .toList();
        // A pod whose ReplicaSet is gone is on its way out, but it is still an old pod.
        List<KubeObject> mine = pods.stream()
                .filter(pod -> pod.ownerOfKind("ReplicaSet") != null && !others.contains(pod.ownerOfKind("ReplicaSet")))
                .toList();
        return new Workload(object, own, mine);
    }

    private static List<KubeObject> controllerRevisions(KubeObject object, CheckContext context) {
        return object.kind().equals("StatefulSet") || object.kind().equals("DaemonSet")
                ? newestFirst(
                        context.cluster().list(CONTROLLER_REVISION, context.namespace(), null), object, "/revision")
                : List.of();
    }

    private static List<KubeObject> newestFirst(List<KubeObject> revisions, KubeObject owner, String number) {
        return own(revisions, owner).stream()
                .sorted((a, b) -> Long.compare(b.number(number, 0), a.number(number, 0)))
                .toList();
    }

    private static List<KubeObject> own(List<KubeObject> objects, KubeObject owner) {
        return objects.stream().filter(object -> object.isOwnedBy(owner)).toList();
    }
}
