package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Fact;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** What a query of a MongoDB collection brings. */
@ApplicationScoped
public class QueryProbe implements Probe<QueryProbe.With> {
    private final Mongods mongods;
    private final VerifierConfig config;

    public QueryProbe(Mongods mongods, VerifierConfig config) {
        this.mongods = mongods;
        this.config = config;
    }

    /**
     * @param filter all documents if not said
     * @param as rows if not said
     * @param field the values of this field alone, by a path with dots
     */
    public record With(
            Mongod connection,
            String database,
            String collection,
            ObjectNode filter,
            ObjectNode sort,
            Integer limit,
            Query.As as,
            String field) {
        public With {
            Mongod.required(connection);
            new Query(database, collection, filter, sort, limit, as, field);
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
    public Fact observe(With with, CheckContext context) {
        Query query = with.query();
        String source = with.connection() + ": " + query;
        return Asking.of(with.connection(), () -> {
            JsonNode found = mongods.read(
                    with.connection(),
                    config.queryTimeout(),
                    context,
                    client -> query.ask(client, config.queryTimeout(), config.queryRows()));
            JsonNode told = query.told(found);
            return query.as() == Query.As.VALUE && !told.equals(found)
                    ? Fact.unknown(source + " brings something that looks secret, which a fact may not tell")
                    : BoundedFact.of(told, source);
        });
    }
}
