package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Whether a rollout is over: the newest template runs, completely and ready, and nothing older runs beside it. */
@ApplicationScoped
public class RolloutCompleteCheck implements Check<RolloutCompleteCheck.With> {

    /**
     * @param kind Deployment (if not said), StatefulSet or DaemonSet
     * @param name of one of them; or
     * @param selector of those meant; without both, all of the kind
     */
    public record With(String kind, String name, String selector) {
        public With {
            kind = kind == null ? "Deployment" : kind;
            if (!ClaimedStatus.isKnown(kind)) {
                throw new IllegalArgumentException(
                        "expected the kind Deployment, StatefulSet or DaemonSet, came '" + kind + "'");
            }
            new Target(kind, null, name, selector);
        }
    }

    @Override
    public String name() {
        return "kubernetes.rollout-complete";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Target target = new Target(with.kind(), null, with.name(), with.selector());
        List<KubeObject> found = target.find(context);
        return found.isEmpty()
                ? List.of(context.failed(target.toString(), "a complete rollout", "none found"))
                : found.stream().map(object -> look(object, context)).toList();
    }

    private static Evidence look(KubeObject object, CheckContext context) {
        ClaimedStatus claimed = new ClaimedStatus(object);
        PodsOfRevision pods = new PodsOfRevision(Workload.read(object, context), Template.of(object), claimed.wanted());
        List<String> problems = new ArrayList<>(claimed.problems());
        problems.addAll(pods.problems());
        if (claimed.deadlineExceeded()) {
            problems.add("its controller gave up: ProgressDeadlineExceeded");
            context.watch().stuck(object + " ProgressDeadlineExceeded");
        }
        pods.current().forEach(pod -> pod.stuckContainers()
                .forEach(stuck -> context.watch().stuck(pod.pod().name() + " " + stuck)));
        String expected = "generation " + claimed.generation() + " rolled out: " + claimed.wanted()
                + " of its pods ready, no other pod";
        return problems.isEmpty()
                ? context.passed(object.toString(), expected, seen(claimed, pods))
                : context.failed(object.toString(), expected, String.join("; ", problems));
    }

    private static String seen(ClaimedStatus claimed, PodsOfRevision pods) {
        return pods.current().size() + " of " + claimed.wanted() + " ready, no other pod, images "
                + String.join(", ", pods.template().images());
    }
}
