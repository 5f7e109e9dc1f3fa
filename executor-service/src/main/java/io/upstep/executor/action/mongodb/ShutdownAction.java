package io.upstep.executor.action.mongodb;

import com.mongodb.MongoException;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.bson.Document;

/** {@code mongodb.shutdown}: has a server write everything down and end. */
@ApplicationScoped
public class ShutdownAction implements Action<ShutdownAction.With> {
    private static final Duration END = Duration.ofMinutes(2);
    private static final int UNAUTHORIZED = 13;

    private final Mongods mongods;

    /** @param connection which server */
    public record With(Mongod connection) {
        public With {
            Mongod.required(connection);
        }
    }

    public ShutdownAction(Mongods mongods) {
        this.mongods = mongods;
    }

    @Override
    public String name() {
        return "mongodb.shutdown";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        Absence absence = new Absence(with.connection(), context);
        if (absence.isOfPods()) {
            return Outcome.Succeeded.of(with.connection() + " has no pod that runs");
        }
        context.progress(null, "connecting to " + with.connection());
        try (MongodSession session = mongods.open(with.connection(), context)) {
            Optional<String> version = absence.unlessGone(session::adminUnchecked);
            if (version.isEmpty()) {
                return Outcome.Succeeded.of(with.connection() + " is gone already");
            }
            context.progress(null, "shutting down " + with.connection());
            context.checkpoint();
            session.admin(new Document("fsync", 1));
            context.checkpoint();
            if (answersBefore(with, session)) {
                awaitEnd(with, session, context);
            }
            return Outcome.Succeeded.of(with.connection() + ", version " + version.get() + ", has shut down");
        }
    }

    /** Whether it answers before it closes the connection, which not every version does. */
    private static boolean answersBefore(With with, MongodSession session) {
        try {
            session.adminUnchecked(new Document("shutdown", 1));
            return true;
        } catch (MongoException e) {
            if (e.getCode() == UNAUTHORIZED) {
                throw ActionException.permanent(
                        "shutdown-refused",
                        with.connection() + ": " + MongoFailures.said(e) + "; a server without logins ends only for"
                                + " somebody on its own host, and one with logins for the role hostManager. Scaling its"
                                + " workload to 0 ends it as cleanly");
            }
            if (MongoFailures.isAnswer(e)) {
                throw MongoFailures.of(with.connection(), e);
            }
            return false;
        }
    }

    private static void awaitEnd(With with, MongodSession session, StepContext context) {
        Waiting.until(
                context,
                END,
                () -> answers(session)
                        ? Optional.of("waiting for " + with.connection() + " to close the connection")
                        : Optional.empty(),
                still -> ActionException.passing(
                        "shutdown-incomplete",
                        "expected " + with.connection() + " to end within " + END + ": " + still));
    }

    private static boolean answers(MongodSession session) {
        try {
            session.adminUnchecked(new Document("ping", 1));
            return true;
        } catch (MongoException e) {
            return MongoFailures.isAnswer(e);
        }
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        Absence absence = new Absence(with.connection(), context);
        if (absence.isOfPods()) {
            return Outcome.Succeeded.of(with.connection() + " has no pod that runs");
        }
        try (MongodSession session = mongods.open(with.connection(), context)) {
            return Outcome.Succeeded.of(absence.unlessGone(session::adminUnchecked)
                    .map(version -> "would shut down " + with.connection() + ", version " + version)
                    .orElse(with.connection() + " is gone already"));
        }
    }
}
