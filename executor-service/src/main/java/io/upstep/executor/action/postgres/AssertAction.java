package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code postgres.assert}: asks a database something, changes nothing, and goes on only if the answer is as expected. */
@ApplicationScoped
public class AssertAction implements Action<AssertAction.With> {
    private final Routes routes;

    /**
     * @param connection which database
     * @param query one statement, run in a transaction that may only read
     * @param expected the one value, {@code rows} with their number, or {@code none}
     */
    public record With(Database connection, String query, JsonNode expected) {
        public With {
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            SqlText text = SqlText.of(query == null ? "" : query);
            if (text.statements() != 1 || text.controlsTransaction()) {
                throw new IllegalArgumentException(
                        "expected 'query' to be one statement that is part of a transaction");
            }
            Expectation.of(expected);
        }
    }

    public AssertAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "postgres.assert";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        return ask(with, context);
    }

    private Outcome ask(With with, StepContext context) {
        Expectation expectation = Expectation.of(with.expected());
        try (DatabaseRoute route = DatabaseRoute.open(with.connection(), routes, context);
                Session session = Session.open(route.database(), context)) {
            session.freeze();
            String came = session.call(connection -> expectation.look(connection, with.query()));
            if (!expectation.isMetBy(came)) {
                throw ActionException.permanent(
                        "assertion-failed", "expected " + expectation + ", came " + came + ", for: " + with.query());
            }
            ObjectNode details = JsonNodeFactory.instance.objectNode().put("answer", came);
            return new Outcome.Succeeded("the answer is as expected: " + came, details);
        }
    }

    /** It reads only: what it would say, it says. */
    @Override
    public Outcome preview(With with, StepContext context) {
        return ask(with, context);
    }
}
