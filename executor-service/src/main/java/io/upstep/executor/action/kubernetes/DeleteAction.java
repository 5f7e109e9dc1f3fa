package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** {@code kubernetes.delete}: deletes objects and waits until they are gone. */
@ApplicationScoped
public class DeleteAction extends ObjectAction<DeleteAction.With> {

    /** @param propagation what becomes of dependent objects; in the background if not said */
    public record With(String kind, String apiVersion, String name, String selector, Propagation propagation) {
        public With {
            new Target(kind, apiVersion, name, selector);
            propagation = propagation == null ? Propagation.BACKGROUND : propagation;
        }

        Target target() {
            return new Target(kind, apiVersion, name, selector);
        }
    }

    /** What becomes of dependent objects. */
    public enum Propagation {
        @JsonProperty("foreground")
        FOREGROUND("Foreground"),
        @JsonProperty("background")
        BACKGROUND("Background"),
        @JsonProperty("orphan")
        ORPHAN("Orphan");

        private final String policy;

        Propagation(String policy) {
            this.policy = policy;
        }
    }

    public DeleteAction() {
        super("kubernetes.delete", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        List<ObjectNode> found = objects.look(with.target());
        DeleteCursor cursor = DeleteCursor.read(context.cursor());
        if (found.isEmpty() && cursor.isEmpty()) {
            throw objects.nothing(with.target());
        }
        if (objects.isPreview()) {
            delete(with, found, objects);
            return objects.report().outcome("deleted");
        }
        // Said before the first is gone: a later attempt that finds nothing must know that this is why.
        DeleteCursor begun = cursor.and(found);
        if (!begun.equals(cursor)) {
            context.saveCursor(begun.text());
        }
        delete(with, found, objects);
        awaitGone(with, found, context, objects);
        return found.isEmpty()
                ? Outcome.Succeeded.of("deleted by an earlier attempt: " + String.join(", ", begun.names()))
                : objects.report().outcome("deleted");
    }

    private static void delete(With with, List<ObjectNode> found, FencedObjects objects) {
        Kind kind = objects.kind(with.target());
        found.forEach(object -> objects.delete(kind, object, with.propagation().policy));
    }

    private static void awaitGone(With with, List<ObjectNode> found, StepContext context, FencedObjects objects) {
        Kind kind = objects.kind(with.target());
        Waiting.until(
                context, null, () -> remaining(kind, found, objects), left -> ActionException.passing("timeout", left));
    }

    private static Optional<String> remaining(Kind kind, List<ObjectNode> found, FencedObjects objects) {
        List<String> left = found.stream()
                .filter(object -> objects.get(kind, Manifest.name(object))
                        .filter(now -> Manifest.uid(now).equals(Manifest.uid(object)))
                        .isPresent())
                .map(Manifest::name)
                .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("waiting for " + String.join(", ", left) + " to be gone");
    }
}
