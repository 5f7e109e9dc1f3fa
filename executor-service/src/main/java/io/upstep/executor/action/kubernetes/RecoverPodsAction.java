package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code kubernetes.recover-pods}: waits until pods are ready, and deletes one that is stuck, so that it is made anew; not
 * more often than it may, whatever number of attempts that takes.
 */
@ApplicationScoped
public class RecoverPodsAction extends ObjectAction<RecoverPodsAction.With> {
    private static final Duration STUCK_FOR = Duration.ofMinutes(2);
    private static final int DELETES = 2;

    /**
     * @param selector a label selector as kubectl takes it
     * @param stuckFor how long a pod may be Pending or fail again and again; two minutes if not said
     * @param deletes how many pods may be deleted in all; two if not said
     * @param atLeast how many pods there must be; one if not said
     * @param timeout how long it may take; if not said, as long as the attempt
     */
    public record With(String selector, Duration stuckFor, Integer deletes, Integer atLeast, Duration timeout) {
        public With {
            if (selector == null || selector.isBlank()) {
                throw new IllegalArgumentException("expected 'selector', which is missing");
            }
            stuckFor = stuckFor == null ? STUCK_FOR : stuckFor;
            deletes = deletes == null ? DELETES : deletes;
            atLeast = atLeast == null ? 1 : atLeast;
            if (deletes < 0 || atLeast < 0) {
                throw new IllegalArgumentException(
                        "expected 'deletes' and 'atLeast' not to be negative, came " + deletes + " and " + atLeast);
            }
        }
    }

    public RecoverPodsAction() {
        super("kubernetes.recover-pods", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Patience patience = new Patience(with, context, objects);
        if (objects.isPreview()) {
            return Outcome.Succeeded.of(
                    patience.missing().map(m -> "would wait: " + m).orElse("would not have to wait"));
        }
        Waiting.until(
                context,
                with.timeout(),
                patience::missing,
                left -> ActionException.passing("pods-not-ready", left + patience.explained()));
        return patience.outcome();
    }

    /** One attempt's look at the pods: since when each is stuck is measured here, by one and the same clock. */
    private static final class Patience {
        private final With with;
        private final StepContext context;
        private final FencedObjects objects;
        private final Kind kind;
        private final Map<String, Instant> stuckSince = new HashMap<>();
        private List<String> deleted;
        private List<ObjectNode> pods = List.of();

        private Patience(With with, StepContext context, FencedObjects objects) {
            this.with = with;
            this.context = context;
            this.objects = objects;
            this.kind = Kinds.POD;
            this.deleted = context.cursor()
                    .filter(text -> !text.isBlank())
                    .map(text -> List.of(text.split(",")))
                    .orElse(List.of());
        }

        private Optional<String> missing() {
            pods = objects.list(kind, with.selector());
            List<ObjectNode> unready =
                    pods.stream().filter(pod -> !Pods.isReady(pod)).toList();
            if (unready.isEmpty() && pods.size() >= with.atLeast()) {
                return Optional.empty();
            }
            if (!objects.isPreview()) {
                unready.forEach(this::recover);
            }
            return Optional.of(
                    unready.isEmpty()
                            ? "expected " + with.atLeast() + " pods with " + with.selector() + ", there are "
                                    + pods.size()
                            : "expected every pod with " + with.selector() + " to be ready, "
                                    + Pods.described(unready.get(0)));
        }

        private void recover(ObjectNode pod) {
            String uid = Manifest.uid(pod);
            if (!Pods.isStuck(pod)) {
                stuckSince.remove(uid);
                return;
            }
            Instant now = context.clock().instant();
            Instant since = stuckSince.computeIfAbsent(uid, first -> now);
            boolean begun = deleted.contains(uid);
            if (!begun && now.isBefore(since.plus(with.stuckFor()))) {
                return;
            }
            if (!begun && deleted.size() >= with.deletes()) {
                throw ActionException.permanent(
                        "pods-stuck",
                        "expected " + Manifest.title(pod) + " to become ready after " + deleted.size()
                                + " pods were deleted, so that they are made anew; " + Pods.described(pod)
                                + explained()
                                + "; see to its volume and node, and retry the step, or roll back");
            }
            delete(pod, uid);
        }

        private void delete(ObjectNode pod, String uid) {
            if (!deleted.contains(uid)) {
                List<String> next = new ArrayList<>(deleted);
                next.add(uid);
                deleted = List.copyOf(next);
                // Counted before it is done: an attempt that is cut off here must not have one more.
                context.saveCursor(String.join(",", deleted));
                context.log("deleting " + Manifest.title(pod) + ", so that it is made anew: " + Pods.described(pod));
            }
            objects.delete(kind, pod, "Background");
        }

        private String explained() {
            return pods.stream()
                    .filter(pod -> !Pods.isReady(pod))
                    .findFirst()
                    .map(pod -> new Troubles(objects).of(pod))
                    .orElse("");
        }

        private Outcome outcome() {
            ObjectNode details = JsonNodeFactory.instance.objectNode().put("deleted", deleted.size());
            pods.stream().map(Manifest::name).forEach(details.putArray("ready")::add);
            return new Outcome.Succeeded(
                    pods.size() + " pods with " + with.selector() + " are ready"
                            + (deleted.isEmpty() ? "" : ", after " + deleted.size() + " stuck ones were deleted"),
                    details);
        }
    }
}
