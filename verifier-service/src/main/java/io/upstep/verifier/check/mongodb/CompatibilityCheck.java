package io.upstep.verifier.check.mongodb;

import io.upstep.event.Evidence;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether a MongoDB server is of a version, and its data in the format of a version. */
@ApplicationScoped
public class CompatibilityCheck implements Check<CompatibilityCheck.With> {
    private final Mongods mongods;
    private final VerifierConfig config;

    public CompatibilityCheck(Mongods mongods, VerifierConfig config) {
        this.mongods = mongods;
        this.config = config;
    }

    /**
     * @param connection which server
     * @param server its version, by its first numbers; any if not said
     * @param expected the feature compatibility version
     */
    public record With(Mongod connection, String server, String expected) {
        public With {
            Mongod.required(connection);
            if (expected == null || expected.isBlank()) {
                throw new IllegalArgumentException(
                        "expected what compatibility version is 'expected', for example '4.0'");
            }
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
    public List<Evidence> look(With with, CheckContext context) {
        Mongod mongod = with.connection();
        String expected = (with.server() == null ? "" : "server " + with.server() + ", ") + "compatibility version "
                + with.expected();
        return Asking.of(mongod, mongod.toString(), expected, context, () -> {
            Versions is = mongods.read(mongod, config.queryTimeout(), context, Versions::read);
            boolean good = is.isCompatibility(with.expected()) && (with.server() == null || is.isServer(with.server()));
            return context.judged(good, mongod.toString(), expected, is.toString());
        });
    }
}
