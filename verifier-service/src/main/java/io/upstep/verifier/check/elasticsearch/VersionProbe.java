package io.upstep.verifier.check.elasticsearch;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** The version of an Elasticsearch node, for example 5.6.16. */
@ApplicationScoped
public class VersionProbe implements Probe<VersionProbe.With> {
    private final Nodes nodes;

    public VersionProbe(Nodes nodes) {
        this.nodes = nodes;
    }

    public record With(Connection connection) {
        public With {
            Connection.require("connection", connection);
        }
    }

    @Override
    public String name() {
        return "elasticsearch.version";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        return Asking.fact(with.connection(), () -> {
            String version = nodes.get(with.connection(), "/", context)
                    .at("/version/number")
                    .asText("");
            return version.isEmpty()
                    ? Fact.unknown(with.connection() + " does not say which version it is; is it Elasticsearch?")
                    : Fact.known(TextNode.valueOf(version), with.connection().toString());
        });
    }
}
