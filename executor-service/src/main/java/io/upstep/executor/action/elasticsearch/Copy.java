package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The copy of one index: found where it is, started if need be, watched to its end and counted. Documents that are there
 * already are never written again, so starting it once more only adds what is missing.
 */
final class Copy {
    /** Beyond these somebody had better look: a node that forgets its work each time does not get better. */
    private static final int STARTS = 8;

    private final String index;
    private final ReindexAction.With with;
    private final Indices source;
    private final Indices destination;
    private final CopyTasks tasks;
    private final Permit permit;
    private final CopyNotes notes;
    private final CopyProgress progress;
    private final StepContext context;
    private String task;
    private int starts;
    private long copied;

    Copy(
            String index,
            ReindexAction.With with,
            Indices source,
            Node destination,
            CopyTasks tasks,
            Permit permit,
            CopyNotes notes,
            CopyProgress progress,
            StepContext context) {
        this.index = index;
        this.with = with;
        this.source = source;
        this.destination = new Indices(destination);
        this.tasks = tasks;
        this.permit = permit;
        this.notes = notes;
        this.progress = progress;
        this.context = context;
    }

    String index() {
        return index;
    }

    /** One look, and what follows from it. Present once both sides count the same. */
    Optional<Copied> advance() {
        return task == null ? begin() : watch();
    }

    private Optional<Copied> begin() {
        Optional<String> running = tasks.runningOf(index);
        if (running.isPresent()) {
            task = running.get();
            context.log(index + ": going on with task " + task + ", which an earlier attempt has started");
            return Optional.empty();
        }
        Counts counts = counts();
        if (counts.areEqual()) {
            context.log(index + ": " + counts.there() + " documents are there already");
            return done(counts);
        }
        start();
        return Optional.empty();
    }

    private void start() {
        if (++starts > STARTS) {
            throw ActionException.passing(
                    "copy-lost",
                    "expected " + destination.node() + " to finish copying " + index + ", but it lost track of it "
                            + STARTS + " times; see its log");
        }
        prepare();
        try {
            Answer answer =
                    destination.node().postOnce(path(), body(), tasks.mark().task(index));
            if (!answer.isLater()) {
                task = started(answer);
            }
        } catch (IOException e) {
            // It may have arrived all the same: what runs is looked for before it is started again.
            context.progress(null, destination.node() + " does not answer: " + e.getMessage());
        }
    }

    private String started(Answer answer) {
        if (!answer.isGood()) {
            throw CopyFailures.of(index, with.remote(), destination.node(), answer.reason());
        }
        String id = answer.body().path("task").asText();
        context.log(index + ": copying from " + with.remote() + ", task " + id);
        return id;
    }

    /** Noted before it is made: whoever takes the copies back must know of each. */
    private void prepare() {
        Optional<String> uuid = destination.uuid(index);
        if (uuid.isEmpty()) {
            notes.putCreated(index, "");
            destination.create(index);
            uuid = destination.uuid(index);
        }
        if (notes.created().getOrDefault(index, "-").isEmpty()) {
            notes.putCreated(index, uuid.orElse(""));
        }
        destination.requireWritable(index);
    }

    private String path() {
        String path = "/_reindex?wait_for_completion=false";
        return with.requestsPerSecond() == null
                ? path
                : path + "&requests_per_second=" + with.requestsPerSecond().floatValue();
    }

    private ObjectNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("conflicts", "proceed");
        ObjectNode from = body.putObject("source").put("index", index).put("size", with.batchSize(index));
        ObjectNode remote = from.putObject("remote").put("host", with.remote());
        remote.put("socket_timeout", "2m").put("connect_timeout", "10s");
        source.node().login().ifPresent(login -> remote.put("username", login.user())
                .put("password", login.password()));
        body.putObject("dest").put("index", index).put("op_type", "create").put("pipeline", permit.name());
        return body;
    }

    private Optional<Copied> watch() {
        Optional<JsonNode> found = tasks.find(task, index);
        if (found.isEmpty()) {
            context.log(
                    index + ": " + destination.node() + " has no task " + task + " any more; looking what is missing");
            task = null;
            return begin();
        }
        JsonNode status = found.get().at("/task/status");
        long made = status.path("created").asLong();
        progress.reached(index, made + status.path("version_conflicts").asLong());
        if (!found.get().path("completed").asBoolean()) {
            return Optional.empty();
        }
        copied += made;
        return finished(found.get());
    }

    private Optional<Copied> finished(JsonNode end) {
        String said = CopyFailures.said(end);
        if (permit.isMissed(said)) {
            // By an earlier attempt, on its way out: whoever owns the installation now still wants it.
            context.log(index + ": its permit was taken; going on with a new one");
            permit.give();
            task = null;
            return begin();
        }
        if (!said.isEmpty()) {
            throw CopyFailures.of(index, with.remote(), destination.node(), said);
        }
        String cancelled = end.at("/response/canceled").asText();
        if (!cancelled.isEmpty()) {
            throw ActionException.passing(
                    "copy-cancelled",
                    "somebody has cancelled task " + task + ", which copied " + index + ": " + cancelled
                            + "; the next attempt goes on with what is missing");
        }
        Counts counts = counts();
        if (!counts.areEqual()) {
            throw ActionException.passing(
                    "counts-differ",
                    "expected as many documents in " + index + " on both sides, there are " + counts.here() + " on "
                            + source.node() + " and " + counts.there() + " on " + destination.node()
                            + "; does somebody still write to the source?");
        }
        return done(counts);
    }

    private Optional<Copied> done(Counts counts) {
        progress.reached(index, counts.here());
        return Optional.of(new Copied(counts.here(), Math.min(copied, counts.here())));
    }

    private Counts counts() {
        OptionalLong here = source.settledCount(index);
        if (here.isEmpty()) {
            throw ActionException.permanent(
                    "source-index-gone", "expected index " + index + " on " + source.node() + ", which went away");
        }
        Counts counts = new Counts(here.getAsLong(), destination.settledCount(index));
        if (counts.areMoreThere()) {
            throw ActionException.permanent(
                    "destination-has-more",
                    "expected at most the " + counts.here() + " documents of " + source.node() + " in " + index + " on "
                            + destination.node() + ", there are " + counts.there()
                            + ": they are somebody else's, and nothing was deleted; copy to an empty destination, or"
                            + " leave the index out of 'indices'");
        }
        return counts;
    }

    void cancel() {
        if (task != null) {
            tasks.cancel(task);
        }
    }

    /**
     * How many documents there are.
     *
     * @param destination empty if there is no such index
     */
    private record Counts(long here, OptionalLong destination) {
        boolean areEqual() {
            return destination.isPresent() && destination.getAsLong() == here;
        }

        boolean areMoreThere() {
            return there() > here;
        }

        long there() {
            return destination.orElse(0);
        }
    }
}
