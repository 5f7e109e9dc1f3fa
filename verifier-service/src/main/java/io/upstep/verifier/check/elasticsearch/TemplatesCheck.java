package io.upstep.verifier.check.elasticsearch;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Whether index templates are there. */
@ApplicationScoped
public class TemplatesCheck implements Check<TemplatesCheck.With> {
    private final TemplateNames templates;

    public TemplatesCheck(TemplateNames templates) {
        this.templates = templates;
    }

    /** @param names all of them */
    public record With(Connection connection, List<String> names) {
        public With {
            Connection.require("connection", connection);
            if (names == null || names.isEmpty()) {
                throw new IllegalArgumentException("expected 'names', which are missing");
            }
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
    public List<Evidence> look(With with, CheckContext context) {
        String subject = "templates of " + with.connection();
        return Asking.of(
                subject, String.join(", ", with.names()), context, () -> judged(with, context), with.connection());
    }

    private List<Evidence> judged(With with, CheckContext context) {
        Set<String> there = templates.of(with.connection(), "*", context);
        return with.names().stream()
                .map(name -> context.judged(
                        there.contains(name),
                        "template " + name,
                        "there on " + with.connection(),
                        there.contains(name) ? "there" : "not there, only " + there))
                .toList();
    }
}
