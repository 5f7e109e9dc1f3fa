package io.upstep.executor.action.mongodb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code mongodb.set-compatibility}: raises a server's feature compatibility version by one round, to the server's own. */
@ApplicationScoped
public class SetCompatibilityAction implements Action<SetCompatibilityAction.With> {
    private final Mongods mongods;

    /**
     * @param connection which server
     * @param to the compatibility version, for example 4.0
     * @param server the server's version, by its first numbers
     */
    public record With(Mongod connection, String to, String server) {
        public With {
            Mongod.required(connection);
            if (to == null || Compatibility.SERIES.indexOf(to) < 1) {
                throw new IllegalArgumentException("expected 'to' to be one of "
                        + Compatibility.SERIES.subList(1, Compatibility.SERIES.size()) + ", came '" + to + "'");
            }
            // A server can also be set to the version before its own. That way lies only what nobody planned.
            if (server == null || !(server + ".").startsWith(to + ".")) {
                throw new IllegalArgumentException("expected 'server' to be " + to + " or " + to
                        + ".x, as the version it is set to, came '" + server + "'");
            }
        }
    }

    public SetCompatibilityAction(Mongods mongods) {
        this.mongods = mongods;
    }

    @Override
    public String name() {
        return "mongodb.set-compatibility";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        context.progress(null, "connecting to " + with.connection());
        try (MongodSession session = mongods.open(with.connection(), context)) {
            String version = server(with, session);
            Compatibility is = Compatibility.read(session);
            if (is.is(with.to())) {
                return outcome("the feature compatibility version is " + with.to() + " already", version, is, with);
            }
            is.requireOneRoundTo(with.to());
            context.progress(null, "raising the feature compatibility version from " + is + " to " + with.to());
            context.checkpoint();
            session.admin(Compatibility.command(with.to()));
            requireSet(with, Compatibility.read(session));
            return outcome(
                    "raised the feature compatibility version from " + is + " to " + with.to(), version, is, with);
        }
    }

    private static String server(With with, MongodSession session) {
        String version = session.version();
        if (!(version + ".").startsWith(with.server() + ".")) {
            throw ActionException.permanent(
                    "server-version",
                    "expected " + with.connection() + " to be version " + with.server() + ", came " + version);
        }
        return version;
    }

    private static void requireSet(With with, Compatibility is) {
        if (!is.is(with.to())) {
            throw ActionException.passing(
                    "compatibility-not-set",
                    "expected the feature compatibility version " + with.to() + " after it was set, came " + is);
        }
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        try (MongodSession session = mongods.open(with.connection(), context)) {
            String version = server(with, session);
            Compatibility is = Compatibility.read(session);
            if (!is.is(with.to())) {
                is.requireOneRoundTo(with.to());
            }
            return outcome(
                    is.is(with.to())
                            ? "the feature compatibility version is " + with.to() + " already"
                            : "would raise the feature compatibility version from " + is + " to " + with.to(),
                    version,
                    is,
                    with);
        }
    }

    private static Outcome outcome(String summary, String version, Compatibility from, With with) {
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("server", version)
                .put("from", from.toString())
                .put("to", with.to());
        return new Outcome.Succeeded(summary, details);
    }
}
