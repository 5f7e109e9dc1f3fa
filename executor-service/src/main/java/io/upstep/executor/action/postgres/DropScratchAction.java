package io.upstep.executor.action.postgres;

import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code postgres.drop-scratch}: drops the database in which a backup was proven. */
@ApplicationScoped
public class DropScratchAction implements Action<DropScratchAction.With> {
    private final Routes routes;

    /**
     * @param name of the restore point
     * @param connection the server it was proven on
     * @param database what the scratch database is called, if the proof was told
     */
    public record With(String name, Database connection, String database) {
        public With {
            RestorePoints.requireName(name);
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            Scratch.requireName(database);
        }
    }

    public DropScratchAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "postgres.drop-scratch";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        String scratch = Scratch.name(with.database(), with.name(), context);
        try (DatabaseRoute route = DatabaseRoute.open(with.connection(), routes, context);
                Server server = Server.open(route.database(), context)) {
            boolean there = Scratch.drop(scratch, with.name(), server, context);
            return Outcome.Succeeded.of(there ? "dropped database " + scratch : "there is no database " + scratch);
        }
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of(
                "would drop " + with.connection().named(Scratch.name(with.database(), with.name(), context)));
    }
}
