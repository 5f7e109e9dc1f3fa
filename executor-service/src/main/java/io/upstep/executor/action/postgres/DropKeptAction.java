package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** {@code postgres.drop-kept}: drops what postgres.restore of the same plan has put aside, and what it has left unfinished. */
@ApplicationScoped
public class DropKeptAction implements Action<DropKeptAction.With> {
    private final Routes routes;

    /** @param connection the database that was restored */
    public record With(Database connection) {
        public With {
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
        }
    }

    public DropKeptAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "postgres.drop-kept";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        List<String> dropped = new ArrayList<>();
        try (DatabaseRoute route = DatabaseRoute.open(with.connection(), routes, context);
                Server server = Server.open(route.database(), context)) {
            for (String begin : begins(with, context)) {
                dropped.addAll(server.numbered(begin));
                if (server.exists(begin)) {
                    dropped.add(begin);
                }
            }
            dropped.forEach(server::drop);
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        dropped.forEach(details.putArray("dropped")::add);
        return new Outcome.Succeeded(
                dropped.isEmpty() ? "nothing of " + with.connection() + " was kept" : "dropped " + dropped, details);
    }

    private static List<String> begins(With with, StepContext context) {
        String database = with.connection().database();
        String plan = KeptData.shortPlan(context);
        return List.of(Names.kept(database, plan), Names.restored(database, plan));
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would drop " + begins(with, context) + ", and those with a number behind it, where"
                + " they are there");
    }
}
