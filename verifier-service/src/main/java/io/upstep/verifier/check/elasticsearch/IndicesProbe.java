package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How many documents there are in which index. */
@ApplicationScoped
public class IndicesProbe implements Probe<IndicesProbe.With> {
    private final Counts counts;

    public IndicesProbe(Counts counts) {
        this.counts = counts;
    }

    /** @param pattern which indices; all but the node's own if not said */
    public record With(Connection connection, String pattern) {
        public With {
            Connection.require("connection", connection);
            pattern = pattern == null ? "*" : new IndexPattern(pattern).text();
        }
    }

    @Override
    public String name() {
        return "elasticsearch.indices";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        return Asking.fact(with.connection(), () -> {
            ObjectNode value = JsonNodeFactory.instance.objectNode();
            counts.of(with.connection(), List.of(new IndexPattern(with.pattern())), context)
                    .forEach(value::put);
            return BoundedFact.of(value, with.connection() + ", indices " + with.pattern());
        });
    }
}
