package io.upstep.executor.action.mongodb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** {@code mongodb.note}: notes what is in databases before they are changed, for the verifier to compare with. */
@ApplicationScoped
public class NoteAction implements Action<NoteAction.With> {
    private static final int FORMAT = 1;
    private static final int MOST = 100;

    private final Mongods mongods;

    /**
     * @param connection which server
     * @param name what checks call the note
     * @param databases all collections of these
     */
    public record With(Mongod connection, String name, List<String> databases) {
        public With {
            Mongod.required(connection);
            DataNote.requireName(name);
            databases = databases == null ? List.of() : List.copyOf(new TreeSet<>(databases));
            if (databases.isEmpty()
                    || databases.size() > MOST
                    || !databases.stream().allMatch(With::isDatabase)) {
                throw new IllegalArgumentException(
                        "expected 'databases' to name 1 to " + MOST + " databases, came " + databases);
            }
        }

        private static boolean isDatabase(String name) {
            return name.matches("[^/\\\\. \"$*<>:|?\\x00]{1,63}");
        }
    }

    public NoteAction(Mongods mongods) {
        this.mongods = mongods;
    }

    @Override
    public String name() {
        return "mongodb.note";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        DataNote note = new DataNote(with.name(), context);
        Optional<ObjectNode> noted = note.find();
        if (noted.isPresent()) {
            return told("noted by an earlier attempt", note, noted.get());
        }
        ObjectNode seen = look(with, context);
        note.put(seen);
        return told("noted " + seen.path("collections").size() + " collections", note, seen);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        DataNote note = new DataNote(with.name(), context);
        Optional<ObjectNode> noted = note.find();
        if (noted.isPresent()) {
            return told("noted by an earlier attempt", note, noted.get());
        }
        ObjectNode seen = look(with, context);
        return told("would note " + seen.path("collections").size() + " collections", note, seen);
    }

    private ObjectNode look(With with, StepContext context) {
        context.progress(null, "connecting to " + with.connection());
        try (MongodSession session = mongods.open(with.connection(), context)) {
            ObjectNode note = JsonNodeFactory.instance
                    .objectNode()
                    .put("format", FORMAT)
                    .put("takenAt", context.clock().instant().toString())
                    .put("version", session.version())
                    .put("compatibility", Compatibility.read(session).version());
            with.databases().forEach(note.putArray("databases")::add);
            collections(with, new Contents(session), note.putObject("collections"), context);
            return note;
        }
    }

    private static void collections(With with, Contents contents, ObjectNode found, StepContext context) {
        List<Contents.Name> all = new ArrayList<>();
        for (String database : with.databases()) {
            List<String> names = contents.collections(database);
            if (names.isEmpty()) {
                throw ActionException.permanent(
                        "database-not-found",
                        "expected collections in database " + database + " of " + with.connection()
                                + ", and there are none; is it the right server?");
            }
            names.forEach(name -> all.add(new Contents.Name(database, name)));
        }
        for (Contents.Name one : all) {
            context.progress(found.size() / (double) all.size(), "counting " + one);
            Contents.Collection is = contents.read(one);
            found.putObject(one.toString())
                    .put("count", is.count())
                    .put("sampled", is.sampled())
                    .put("md5", is.md5());
        }
    }

    private static Outcome told(String summary, DataNote note, ObjectNode seen) {
        long documents = 0;
        for (var collection : seen.path("collections")) {
            documents += collection.path("count").asLong();
        }
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("configMap", note.configMap())
                .put("documents", documents)
                .put("collections", seen.path("collections").size());
        details.set("version", seen.path("version"));
        details.set("compatibility", seen.path("compatibility"));
        return new Outcome.Succeeded(summary, details);
    }
}
