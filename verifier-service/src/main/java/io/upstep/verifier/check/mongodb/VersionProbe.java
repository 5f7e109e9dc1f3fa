package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** The version of a MongoDB server, for example 3.6.23. */
@ApplicationScoped
public class VersionProbe implements Probe<VersionProbe.With> {
    private final Mongods mongods;
    private final VerifierConfig config;

    public VersionProbe(Mongods mongods, VerifierConfig config) {
        this.mongods = mongods;
        this.config = config;
    }

    /** @param connection which server */
    public record With(Mongod connection) {
        public With {
            Mongod.required(connection);
        }
    }

    @Override
    public String name() {
        return "mongodb.version";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Mongod mongod = with.connection();
        return Asking.of(
                mongod,
                () -> Fact.known(
                        TextNode.valueOf(mongods.read(mongod, config.queryTimeout(), context, Versions::server)),
                        mongod.toString()));
    }
}
