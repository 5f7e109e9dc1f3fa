package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.upstep.event.Evidence;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether a query of a database brings what it should. */
@ApplicationScoped
public class QueryCheck implements Check<QueryCheck.With> {
    private static final int SHOWN = 300;
    private final Databases databases;
    private final VerifierConfig config;

    public QueryCheck(Databases databases, VerifierConfig config) {
        this.databases = databases;
        this.config = config;
    }

    /**
     * @param query one SELECT
     * @param expected the one value of the one row; or {@code {rows: 3}}; or {@code none}; or a list of all rows
     */
    public record With(Database connection, String query, JsonNode expected) {
        public With {
            Database.required(connection);
            new Query(query);
            new Expectation(expected);
        }
    }

    @Override
    public String name() {
        return "postgres.query";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Query query = new Query(with.query());
        Expectation expected = new Expectation(with.expected());
        String subject = with.connection() + ": " + query;
        return Asking.of(subject, expected.toString(), context, () -> {
            ArrayNode rows = databases.read(
                    with.connection(),
                    config.queryTimeout(),
                    context,
                    connection -> query.rows(connection, config.queryRows()));
            return context.judged(expected.isMetBy(rows), subject, expected.toString(), shown(rows));
        });
    }

    private static String shown(ArrayNode rows) {
        String text = rows.size() + (rows.size() == 1 ? " row: " : " rows: ") + Query.told(rows);
        return rows.isEmpty() ? "no rows" : text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
