package io.upstep.executor.action.postgres;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** {@code postgres.execute}: runs SQL statements in one transaction, once per step however often it is tried. */
@ApplicationScoped
public class ExecuteAction implements Action<ExecuteAction.With> {
    private static final int MOST_STATEMENTS = 100;
    private static final int LONGEST = 100_000;

    private final Routes routes;

    /**
     * @param connection which database
     * @param statements one statement each
     */
    public record With(Database connection, List<String> statements) {
        public With {
            if (connection == null) {
                throw new IllegalArgumentException("expected 'connection', which is missing");
            }
            statements = statements == null ? List.of() : List.copyOf(statements);
            int length = statements.stream().mapToInt(String::length).sum();
            if (statements.isEmpty() || statements.size() > MOST_STATEMENTS || length > LONGEST) {
                throw new IllegalArgumentException("expected 'statements' to be 1 to " + MOST_STATEMENTS + " of "
                        + LONGEST + " characters in all, came " + statements.size() + " of " + length);
            }
            for (int i = 0; i < statements.size(); i++) {
                requireOneOfATransaction(SqlText.of(statements.get(i)), i + 1);
            }
        }

        // What came is not repeated: there may be a password in it.
        private static void requireOneOfATransaction(SqlText text, int number) {
            if (text.statements() != 1) {
                throw new IllegalArgumentException("expected 'statements' to be one statement each, came "
                        + text.statements() + " as number " + number);
            }
            if (text.controlsTransaction()) {
                throw new IllegalArgumentException("expected 'statements' without any that begins or ends a"
                        + " transaction, because all of them run in one, came one as number " + number);
            }
        }
    }

    public ExecuteAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "postgres.execute";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        refuseSecrets(with);
        Ledger ledger = new Ledger(context);
        context.progress(null, "connecting to " + with.connection());
        try (DatabaseRoute route = DatabaseRoute.open(with.connection(), routes, context);
                FencedSession session = FencedSession.open(route.database(), context)) {
            context.progress(null, "executing " + with.statements().size() + " statements");
            Optional<ArrayNode> rows = session.transaction(connection -> execute(with, connection, ledger));
            return rows.map(counts -> executed(with, counts))
                    .orElseGet(() -> Outcome.Succeeded.of("executed by an earlier attempt"));
        }
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        refuseSecrets(with);
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        with.statements().forEach(details.putArray("statements")::add);
        return new Outcome.Succeeded(
                "would execute " + with.statements().size() + " statements in " + with.connection(), details);
    }

    private static Optional<ArrayNode> execute(With with, Connection connection, Ledger ledger) throws SQLException {
        if (ledger.isDone(connection)) {
            return Optional.empty();
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < with.statements().size(); i++) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(with.statements().get(i));
                rows.add(statement.getLargeUpdateCount());
            } catch (SQLException e) {
                throw SqlFailures.of("statement " + (i + 1) + ": ", e);
            }
        }
        ledger.enter(connection);
        return Optional.of(rows);
    }

    private static Outcome executed(With with, ArrayNode rows) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.set("rows", rows);
        return new Outcome.Succeeded(
                "executed " + with.statements().size() + " statements in " + with.connection(), details);
    }

    private static void refuseSecrets(With with) {
        if (with.statements().stream().map(SqlText::of).anyMatch(SqlText::mentionsPassword)) {
            throw ActionException.permanent(
                    "secret-in-plan",
                    "expected no password in a plan, which many may read, came a statement with the word PASSWORD; set it"
                            + " beforehand, from a Secret");
        }
    }
}
