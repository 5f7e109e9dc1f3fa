package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.ExecutorConfig;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** {@code pachyderm.restore}: has an empty pachd do what an extract holds, and compares what has come of it. */
@ApplicationScoped
public class RestoreAction implements Action<RestoreAction.With> {
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(2);

    private final ExecutorConfig config;
    private final Routes routes;

    /**
     * @param connection which pachd
     * @param name of the extract
     */
    public record With(Connection connection, String name) {
        public With {
            Connection.require(connection);
            Names.require("name", name);
        }
    }

    public RestoreAction(ExecutorConfig config, Routes routes) {
        this.config = config;
        this.routes = routes;
    }

    @Override
    public String name() {
        return "pachyderm.restore";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        Extracts extracts = new Extracts(with.name(), context);
        Extract extract = extracts.get();
        ExtractFile file = new ExtractFile(config.restorePointsDir(), with.name(), context);
        try (Pachd pachd = Pachd.open(with.connection(), routes, context)) {
            file.check(extract);
            if (!extracts.isRestored(extract)) {
                requireEmpty(pachd, extracts.isRestoreBegun(extract));
                extracts.begun(extract);
                restore(extract, file, pachd, context);
                extracts.restored(extract);
            }
            new Comparison(extract, file).require(pachd, context);
            return outcome(extract, pachd);
        } catch (IOException e) {
            throw ActionException.passing("disk-error", "the executor's disk refused: " + e);
        }
    }

    private static void requireEmpty(Pachd pachd, boolean begun) {
        List<String> repos = pachd.repos();
        int pipelines = pachd.pipelines().size();
        if (!repos.isEmpty() || pipelines > 0) {
            throw ActionException.permanent(
                    "not-empty",
                    "expected a pachd with no repos and no pipelines, came " + repos.size() + " and " + pipelines
                            + (begun
                                    ? ": an earlier restore was cut off, and what it has left is not valid"
                                    : ": what it has would be mixed with the extract")
                            + "; roll back, delete the claims of the new etcd, which nobody needs, and submit the plan"
                            + " again");
        }
    }

    private static void restore(Extract extract, ExtractFile file, Pachd pachd, StepContext context) {
        long all = extract.ops().values().stream().mapToLong(Long::longValue).sum();
        AtomicLong sent = new AtomicLong();
        Instant[] checked = {context.clock().instant()};
        context.checkpoint();
        pachd.restore(
                restoring -> file.read(extract, op -> {
                    restoring.send(op);
                    sent.incrementAndGet();
                }),
                () -> {
                    context.progress(
                            all == 0 ? null : Math.min(1.0, (double) sent.get() / all),
                            sent.get() + " of " + all + " operations restored");
                    if (context.clock().instant().isAfter(checked[0].plus(BETWEEN_CHECKPOINTS))) {
                        // Whoever has been outrun must not go on filling it.
                        context.checkpoint();
                        checked[0] = context.clock().instant();
                    }
                });
    }

    private static Outcome outcome(Extract extract, Pachd pachd) {
        String version = pachd.version();
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("from", extract.version())
                .put("version", version)
                .put("repos", extract.repos().size())
                .put("pipelines", extract.pipelines().size());
        ObjectNode ops = details.putObject("ops");
        extract.ops().forEach(ops::put);
        return new Outcome.Succeeded(
                "pachd " + version + " has all repos, pipelines, branches and input commits of the extract of pachd "
                        + extract.version(),
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would restore '" + with.name() + "' into " + with.connection() + " and compare");
    }
}
