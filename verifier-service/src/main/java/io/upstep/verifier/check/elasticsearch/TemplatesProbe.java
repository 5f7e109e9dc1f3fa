package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BoundedFact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** The names of the index templates there are. */
@ApplicationScoped
public class TemplatesProbe implements Probe<TemplatesProbe.With> {
    private final TemplateNames templates;

    public TemplatesProbe(TemplateNames templates) {
        this.templates = templates;
    }

    /** @param pattern of their names; all if not said */
    public record With(Connection connection, String pattern) {
        public With {
            Connection.require("connection", connection);
            pattern = pattern == null ? "*" : new IndexPattern(pattern).text();
        }
    }

    @Override
    public String name() {
        return "elasticsearch.templates";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        return Asking.fact(with.connection(), () -> {
            ArrayNode names = JsonNodeFactory.instance.arrayNode();
            templates.of(with.connection(), with.pattern(), context).forEach(names::add);
            return BoundedFact.of(names, with.connection() + ", templates " + with.pattern());
        });
    }
}
