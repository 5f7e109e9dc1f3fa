package io.upstep.executor.action.elasticsearch;

import io.upstep.executor.action.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes from a destination the indices that a plan's copies have made there, and nothing else. */
record CopyRemoval(Node node, CopyMark mark, CopyNotes notes, StepContext context) {

    /** Returns those that were still there. */
    List<String> run() {
        // In this order: what runs cannot write any more, nor can what begins from now on.
        new Permit(node, mark.permit()).take();
        new CopyTasks(node, mark).awaitNone(context);
        List<String> deleted = new ArrayList<>();
        notes.created().forEach((index, uuid) -> delete(index, uuid).ifPresent(deleted::add));
        notes.forget();
        return deleted;
    }

    private Optional<String> delete(String index, String noted) {
        Indices indices = new Indices(node);
        Optional<String> uuid = indices.uuid(index);
        if (uuid.isPresent() && !noted.isEmpty() && !noted.equals(uuid.get())) {
            context.log(index + " is left alone: it is not the one that was made by the copy, but a later one");
            return Optional.empty();
        }
        uuid.ifPresent(there -> indices.delete(index));
        return uuid.map(there -> index);
    }
}
