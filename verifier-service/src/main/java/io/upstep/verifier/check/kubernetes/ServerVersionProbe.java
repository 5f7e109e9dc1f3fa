package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** The version of the cluster's API server. */
@ApplicationScoped
public class ServerVersionProbe implements Probe<ServerVersionProbe.With> {

    public record With() {}

    @Override
    public String name() {
        return "kubernetes.server-version";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        String version = context.cluster().serverVersion();
        return Fact.known(TextNode.valueOf(Versions.in(version).orElse(version)), "the API server's /version");
    }
}
