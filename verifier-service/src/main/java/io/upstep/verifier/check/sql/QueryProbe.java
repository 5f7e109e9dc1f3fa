package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.upstep.event.Fact;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** What a query of a database brings. */
@ApplicationScoped
public class QueryProbe implements Probe<QueryProbe.With> {
    private final Databases databases;
    private final VerifierConfig config;

    public QueryProbe(Databases databases, VerifierConfig config) {
        this.databases = databases;
        this.config = config;
    }

    /** Whether all rows are meant, or the one value of the one row. */
    public enum As {
        ROWS,
        VALUE
    }

    /**
     * @param query one SELECT
     * @param as rows if not said
     * @param ifNoTable the value if a table or schema it names does not exist; if not said, that is unknown
     */
    public record With(Database connection, String query, As as, JsonNode ifNoTable) {
        public With {
            Database.required(connection);
            new Query(query);
            as = as == null ? As.ROWS : as;
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
    public Fact observe(With with, CheckContext context) {
        Query query = new Query(with.query());
        String source = with.connection() + ": " + query;
        try {
            ArrayNode rows = databases.read(
                    with.connection(),
                    config.queryTimeout(),
                    context,
                    connection -> query.rows(connection, config.queryRows()));
            return with.as() == As.ROWS ? BoundedFact.of(Query.told(rows), source) : value(rows, source);
        } catch (SqlRefusedException e) {
            return e.isNoTable()
                            && with.ifNoTable() != null
                            && !with.ifNoTable().isNull()
                    ? Fact.known(with.ifNoTable(), with.connection() + ": " + e.getMessage())
                    : Fact.unknown(with.connection() + ": " + e.getMessage());
        } catch (NoDatabaseException e) {
            return Fact.unknown(e.getMessage());
        }
    }

    private static Fact value(ArrayNode rows, String source) {
        if (rows.size() != 1 || rows.get(0).size() != 1) {
            return Fact.unknown(source + " brings " + rows.size() + " rows, expected one row of one column");
        }
        JsonNode value = rows.get(0).elements().next();
        if (value.isNull()) {
            return Fact.unknown(source + " brings null");
        }
        return value.equals(Query.told(rows).get(0).elements().next())
                ? BoundedFact.of(value, source)
                : Fact.unknown(source + " brings something that looks secret, which a fact may not tell");
    }
}
