package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;

/** The feature compatibility version of a MongoDB server, for example 3.6: which version's format its data are in. */
@ApplicationScoped
public class CompatibilityProbe implements Probe<CompatibilityProbe.With> {
    private final Mongods mongods;
    private final VerifierConfig config;

    public CompatibilityProbe(Mongods mongods, VerifierConfig config) {
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
        return "mongodb.compatibility";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Mongod mongod = with.connection();
        return Asking.of(mongod, () -> {
            Versions versions = mongods.read(mongod, config.queryTimeout(), context, Versions::read);
            return versions.isCompatibility(versions.compatibility())
                    ? Fact.known(TextNode.valueOf(versions.compatibility()), mongod.toString())
                    : Fact.unknown(mongod + ": " + versions);
        });
    }
}
