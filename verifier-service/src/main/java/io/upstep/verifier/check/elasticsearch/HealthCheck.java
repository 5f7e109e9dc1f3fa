package io.upstep.verifier.check.elasticsearch;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Whether a node answers, all its primary shards are there, and it is of the version expected. */
@ApplicationScoped
public class HealthCheck implements Check<HealthCheck.With> {
    private final Nodes nodes;

    public HealthCheck(Nodes nodes) {
        this.nodes = nodes;
    }

    /** @param version the numbers its version begins with; any if not said */
    public record With(Connection connection, String version) {
        public With {
            Connection.require("connection", connection);
            if (version != null && !version.matches("\\d+(\\.\\d+)*")) {
                throw new IllegalArgumentException(
                        "expected 'version' to be numbers such as 7.6, came '" + version + "'");
            }
        }
    }

    @Override
    public String name() {
        return "elasticsearch.health";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String subject = with.connection().toString();
        return Asking.of(subject, "yellow or green", context, () -> judged(with, context), with.connection());
    }

    private List<Evidence> judged(With with, CheckContext context) {
        String subject = with.connection().toString();
        List<Evidence> evidence = new ArrayList<>();
        if (with.version() != null) {
            String found = nodes.get(with.connection(), "/", context)
                    .at("/version/number")
                    .asText("no version");
            evidence.add(context.judged(
                    (found + ".").startsWith(with.version() + "."), subject, "version " + with.version(), found));
        }
        String status = nodes.get(with.connection(), "/_cluster/health", context)
                .path("status")
                .asText("no status");
        evidence.add(
                context.judged(status.equals("yellow") || status.equals("green"), subject, "yellow or green", status));
        return evidence;
    }
}
