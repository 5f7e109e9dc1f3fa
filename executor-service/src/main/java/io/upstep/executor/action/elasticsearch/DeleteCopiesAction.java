package io.upstep.executor.action.elasticsearch;

import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** {@code elasticsearch.delete-copies}: deletes, on the destination, the indices that the plan's reindex has made there. */
@ApplicationScoped
public class DeleteCopiesAction implements Action<DeleteCopiesAction.With> {
    private final Nodes nodes;

    /**
     * @param connection the destination
     * @param name the reindex's
     */
    public record With(Connection connection, String name) {
        public With {
            Connection.require("connection", connection);
            CopyMark.requireName(name);
        }
    }

    public DeleteCopiesAction(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "elasticsearch.delete-copies";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        CopyNotes notes = new CopyNotes(with.name(), context);
        if (!notes.areThere()) {
            return nothing(with);
        }
        // Even if it has made no index: what it copies into one that was there before goes on by itself.
        Set<String> created = notes.created().keySet();
        try (Node node = nodes.open(with.connection(), context)) {
            List<String> deleted = new CopyRemoval(node, CopyMark.of(context, with.name()), notes, context).run();
            if (created.isEmpty()) {
                return nothing(with);
            }
            return Outcome.Succeeded.of(
                    deleted.isEmpty()
                            ? "deleted already: " + String.join(", ", created)
                            : "deleted the copies " + String.join(", ", deleted));
        }
    }

    private static Outcome nothing(With with) {
        return Outcome.Succeeded.of("nothing to delete: the plan's reindex '" + with.name() + "' has made no index");
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would delete on " + with.connection() + " what the plan's reindex '" + with.name()
                + "' has made there");
    }
}
