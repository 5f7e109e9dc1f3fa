package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Evidence;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.SameJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether a query of a MongoDB collection brings what it should. */
@ApplicationScoped
public class QueryCheck implements Check<QueryCheck.With> {
    private static final int SHOWN = 300;
    private final Mongods mongods;
    private final VerifierConfig config;

    public QueryCheck(Mongods mongods, VerifierConfig config) {
        this.mongods = mongods;
        this.config = config;
    }

    /**
     * @param filter all documents if not said
     * @param as rows if not said
     * @param field the values of this field alone, by a path with dots
     * @param expected the list, the number or the value
     */
    public record With(
            Mongod connection,
            String database,
            String collection,
            ObjectNode filter,
            ObjectNode sort,
            Integer limit,
            Query.As as,
            String field,
            JsonNode expected) {
        public With {
            Mongod.required(connection);
            new Query(database, collection, filter, sort, limit, as, field);
            if (expected == null || expected.isNull()) {
                throw new IllegalArgumentException("expected what is 'expected', which is missing");
            }
        }

        private Query query() {
            return new Query(database, collection, filter, sort, limit, as, field);
        }
    }

    @Override
    public String name() {
        return "mongodb.query";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Query query = with.query();
        String subject = with.connection() + ": " + query;
        String expected = with.expected().isTextual() ? with.expected().asText() : shown(with.expected());
        return Asking.of(with.connection(), subject, expected, context, () -> {
            JsonNode found = mongods.read(
                    with.connection(),
                    config.queryTimeout(),
                    context,
                    client -> query.ask(client, config.queryTimeout(), config.queryRows()));
            return context.judged(
                    found.equals(QueryCheck::compare, with.expected()), subject, expected, shown(query.told(found)));
        });
    }

    private static int compare(JsonNode one, JsonNode other) {
        return SameJson.same(one, other) ? 0 : 1;
    }

    private static String shown(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
