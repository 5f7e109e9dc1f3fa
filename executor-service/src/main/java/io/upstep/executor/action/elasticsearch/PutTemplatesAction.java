package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code elasticsearch.put-templates}: makes index templates be there, and writes over none that says something else. */
@ApplicationScoped
public class PutTemplatesAction implements Action<PutTemplatesAction.With> {
    private final Nodes nodes;

    /**
     * @param connection which node
     * @param templates their bodies, as the node's version writes them, by name
     * @param replace whether one with another content is written over; otherwise that is a failure
     */
    public record With(Connection connection, Map<String, ObjectNode> templates, Boolean replace) {
        public With {
            Connection.require("connection", connection);
            templates = templates == null ? Map.of() : new TreeMap<>(templates);
            if (templates.isEmpty()) {
                throw new IllegalArgumentException("expected 'templates', which are missing");
            }
            templates.keySet().forEach(With::requireName);
            replace = replace != null && replace;
        }

        private static void requireName(String name) {
            if (!name.matches("[A-Za-z0-9._-]{1,255}")) {
                throw new IllegalArgumentException("expected the name of a template, came '" + name + "'");
            }
        }
    }

    public PutTemplatesAction(Nodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public String name() {
        return "elasticsearch.put-templates";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        try (Node node = nodes.open(with.connection(), context)) {
            List<String> put = new ArrayList<>();
            List<String> there = new ArrayList<>();
            with.templates()
                    .forEach((name, body) -> (isThere(name, body, with.replace(), node) ? there : put).add(name));
            put.forEach(name -> node.put("/_template/" + name, with.templates().get(name))
                    .required("putting template " + name + " to " + node));
            return Outcome.Succeeded.of(said(put, there));
        }
    }

    private static boolean isThere(String name, ObjectNode wanted, boolean replace, Node node) {
        Answer answer = node.get("/_template/" + name);
        if (answer.isMissing()) {
            return false;
        }
        TemplateContent found = TemplateContent.of(answer.required("reading template " + name + " of " + node)
                .body()
                .path(name));
        if (found.equals(TemplateContent.of(wanted))) {
            return true;
        }
        if (!replace) {
            throw ActionException.permanent(
                    "template-differs",
                    "expected template " + name + " of " + node + " not to be there, or to say the same; it says "
                            + found + "; remove it, or say 'replace: true'");
        }
        return false;
    }

    private static String said(List<String> put, List<String> there) {
        String first = put.isEmpty() ? "" : "put: " + String.join(", ", put);
        String second = there.isEmpty() ? "" : "there already: " + String.join(", ", there);
        return first + (first.isEmpty() || second.isEmpty() ? "" : "; ") + second;
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of(
                "would put the templates " + String.join(", ", with.templates().keySet()) + " to " + with.connection());
    }
}
