package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.Kind;
import io.upstep.verifier.cluster.KubeObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Whether every pod is doing well: ready, for long enough, not restarting, not stuck. Job pods are to have succeeded. */
@ApplicationScoped
public class PodsHealthyCheck implements Check<PodsHealthyCheck.With> {

    /**
     * @param selector of the pods; or
     * @param kind with {@code name}, the workload they belong to
     * @param minReadySeconds how long each must have been ready
     * @param maxRestarts how many restarts of a container are acceptable; if not said, any number that has come to rest
     */
    public record With(String selector, String kind, String name, Integer minReadySeconds, Integer maxRestarts) {
        public With {
            minReadySeconds = minReadySeconds == null ? 0 : minReadySeconds;
            if ((selector == null) == (kind == null && name == null)) {
                throw new IllegalArgumentException("expected a 'selector', or 'kind' and 'name'");
            }
            if (selector == null && (kind == null || name == null)) {
                throw new IllegalArgumentException("expected both 'kind' and 'name'");
            }
            if (minReadySeconds < 0 || (maxRestarts != null && maxRestarts < 0)) {
                throw new IllegalArgumentException("expected 'minReadySeconds' and 'maxRestarts' not to be negative");
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.pods-healthy";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String subject = with.selector() != null ? "Pod matching " + with.selector() : with.kind() + " " + with.name();
        List<KubeObject> pods = pods(with, context);
        PodHealth health = new PodHealth(Duration.ofSeconds(with.minReadySeconds()), with.maxRestarts(), context);
        return pods.isEmpty()
                ? List.of(context.failed(subject, "healthy pods", "none found"))
                : pods.stream().map(health::of).toList();
    }

    private static List<KubeObject> pods(With with, CheckContext context) {
        if (with.selector() != null) {
            return context.cluster().list(Kind.builtIn("Pod"), context.namespace(), with.selector());
        }
        List<KubeObject> found = new Target(with.kind(), null, with.name(), null).find(context);
        return with.kind().equals("Pod")
                ? found
                : found.stream()
                        .flatMap(workload -> Workload.read(workload, context).pods().stream())
                        .toList();
    }
}
