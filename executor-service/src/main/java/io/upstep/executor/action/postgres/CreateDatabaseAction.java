package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code postgres.create-database}: has a database be there that is completely empty. */
@ApplicationScoped
public class CreateDatabaseAction implements Action<CreateDatabaseAction.With> {
    private final Routes routes;

    /** @param connection the database that is to be there, on a server that is */
    public record With(Database connection) {
        public With {
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            Names.requireShort("connection.database", connection.database());
        }
    }

    public CreateDatabaseAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "postgres.create-database";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        try (DatabaseRoute route = DatabaseRoute.open(with.connection(), routes, context);
                Server server = Server.open(route.database(), context)) {
            NewDatabase database = new NewDatabase(route.database(), server, context);
            if (!database.exists()) {
                database.make();
                return outcome("made " + with.connection() + ", which is completely empty", true);
            }
            database.dropLeftovers();
            requireEmpty(with, database.contents(), database.isOurs());
            return outcome(with.connection() + " is there and completely empty", database.isOurs());
        }
    }

    private static void requireEmpty(With with, List<String> contents, boolean ours) {
        if (!contents.isEmpty()) {
            throw ActionException.permanent(
                    "database-not-empty",
                    "expected " + with.connection() + " to be completely empty, but it holds " + contents
                            + (contents.size() == DatabaseContents.MOST ? " and maybe more" : "")
                            + "; nothing was changed: name another database, or drop this one"
                            + (ours ? ", which this plan has made," : "")
                            + " if nobody needs what is in it");
        }
    }

    private static Outcome outcome(String summary, boolean made) {
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("madeByThisPlan", made);
        return new Outcome.Succeeded(summary, details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would make " + with.connection() + ", or see that it is completely empty");
    }
}
