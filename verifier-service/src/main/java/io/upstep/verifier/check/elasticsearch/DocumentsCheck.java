package io.upstep.verifier.check.elasticsearch;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Whether all that a reindex of the plan has copied is there: at least as many documents in each index as it noted. */
@ApplicationScoped
public class DocumentsCheck implements Check<DocumentsCheck.With> {
    private final Counts counts;

    public DocumentsCheck(Counts counts) {
        this.counts = counts;
    }

    /**
     * @param connection the node that has them now
     * @param name the reindex's
     */
    public record With(Connection connection, String name) {
        public With {
            Connection.require("connection", connection);
            if (name == null || !name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")) {
                throw new IllegalArgumentException("expected the 'name' of the reindex, came '" + name + "'");
            }
        }
    }

    @Override
    public String name() {
        return "elasticsearch.documents";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String subject = "what reindex " + with.name() + " has copied";
        return Asking.of(
                subject,
                "at least as many documents as were copied",
                context,
                () -> compared(with, subject, context),
                with.connection());
    }

    private List<Evidence> compared(With with, String subject, CheckContext context) {
        CopyNote note = CopyNote.find(with.name(), context);
        if (note.counts().isEmpty()) {
            return List.of(context.failed(subject, "indices", "ConfigMap " + note.configMap() + " names none"));
        }
        Map<String, Long> there =
                counts.of(with.connection(), IndexPattern.all(note.counts().keySet()), context);
        return note.counts().entrySet().stream()
                .map(index -> judged(index.getKey(), index.getValue(), there.get(index.getKey()), with, context))
                .toList();
    }

    private static Evidence judged(String index, long noted, Long there, With with, CheckContext context) {
        return context.judged(
                there != null && there >= noted,
                "index " + index,
                "at least " + noted + " documents",
                (there == null ? "no such index" : there + " documents") + " on " + with.connection());
    }
}
