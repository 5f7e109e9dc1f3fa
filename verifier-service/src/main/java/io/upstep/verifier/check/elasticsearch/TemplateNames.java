package io.upstep.verifier.check.elasticsearch;

import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads which index templates there are. */
@ApplicationScoped
public class TemplateNames {
    private final Nodes nodes;

    public TemplateNames(Nodes nodes) {
        this.nodes = nodes;
    }

    SortedSet<String> of(Connection connection, String pattern, CheckContext context) {
        SortedSet<String> names = new TreeSet<>();
        nodes.get(connection, "/_cat/templates/" + pattern + "?format=json&h=name", context)
                .findValuesAsText("name")
                .forEach(names::add);
        return names;
    }
}
