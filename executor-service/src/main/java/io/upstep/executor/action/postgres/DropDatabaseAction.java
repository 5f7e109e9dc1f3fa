package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code postgres.drop-database}: the undo of postgres.create-database; what is not this plan's, or was filled since, stays. */
@ApplicationScoped
public class DropDatabaseAction implements Action<DropDatabaseAction.With> {
    private final Routes routes;

    /** @param connection the database that postgres.create-database has made */
    public record With(Database connection) {
        public With {
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            Names.requireShort("connection.database", connection.database());
        }
    }

    public DropDatabaseAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "postgres.drop-database";
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
            database.dropLeftovers();
            return outcome(with, database);
        }
    }

    private static Outcome outcome(With with, NewDatabase database) {
        if (!database.exists()) {
            return Outcome.Succeeded.of("there is no " + with.connection());
        }
        if (!database.isOurs()) {
            return Outcome.Succeeded.of("kept " + with.connection() + ", which this plan has not made");
        }
        List<String> contents = database.contents();
        if (contents.isEmpty()) {
            database.drop();
            return Outcome.Succeeded.of("dropped " + with.connection() + ", which was still empty");
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        contents.forEach(details.putArray("kept")::add);
        return new Outcome.Succeeded(
                "kept " + with.connection() + ", because there is something in it now; drop it if nobody needs that",
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of(
                "would drop " + with.connection() + " if this plan has made it and it is still empty");
    }
}
