package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether a query finds so many documents. */
@ApplicationScoped
public class QueryCheck implements Check<QueryCheck.With> {
    private final Counts counts;

    public QueryCheck(Counts counts) {
        this.counts = counts;
    }

    /**
     * @param index a name or pattern
     * @param query Elasticsearch's own, for example {@code {term: {type: log}}}; all documents if not said
     * @param atLeast how many documents it is to find; 1 if not said
     */
    public record With(Connection connection, String index, JsonNode query, Long atLeast) {
        public With {
            Connection.require("connection", connection);
            new IndexPattern(index);
            if (query != null && !query.isObject()) {
                throw new IllegalArgumentException("expected 'query' to be an object, came " + query.getNodeType());
            }
            atLeast = atLeast == null ? 1 : atLeast;
        }
    }

    @Override
    public String name() {
        return "elasticsearch.query";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String subject = with.connection() + ", index " + with.index();
        String expected = "at least " + with.atLeast() + " documents";
        return Asking.of(
                subject, expected, context, () -> List.of(judged(with, subject, expected, context)), with.connection());
    }

    private Evidence judged(With with, String subject, String expected, CheckContext context) {
        try {
            JsonNode body = with.query() == null
                    ? null
                    : JsonNodeFactory.instance.objectNode().set("query", with.query());
            long found = counts.count(with.connection(), with.index(), body, context);
            return context.judged(found >= with.atLeast(), subject, expected, found + " documents");
        } catch (RefusedException e) {
            if (e.isMissing()) {
                return context.failed(subject, expected, "no such index");
            }
            throw e;
        }
    }
}
