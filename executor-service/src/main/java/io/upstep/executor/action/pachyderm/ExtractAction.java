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
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code pachyderm.extract}: keeps what a pachd knows, as operations that another one can do, in a file. */
@ApplicationScoped
public class ExtractAction implements Action<ExtractAction.With> {
    private static final Set<String> OF_ACCESS_CONTROL = Set.of("auth", "token", "checkToken", "authConfig");

    private final ExecutorConfig config;
    private final Routes routes;

    /**
     * @param connection which pachd
     * @param name of the extract
     * @param objects whether the data themselves are to be in it; not, if not said: they are in the bucket
     */
    public record With(Connection connection, String name, Boolean objects) {
        public With {
            Connection.require(connection);
            Names.require("name", name);
            objects = Boolean.TRUE.equals(objects);
        }
    }

    public ExtractAction(ExecutorConfig config, Routes routes) {
        this.config = config;
        this.routes = routes;
    }

    @Override
    public String name() {
        return "pachyderm.extract";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        Extracts extracts = new Extracts(with.name(), context);
        ExtractFile file = new ExtractFile(config.restorePointsDir(), with.name(), context);
        try {
            Optional<Extract> known = extracts.find();
            if (known.isPresent()) {
                file.check(known.get());
                return outcome("kept already: ", known.get(), extracts);
            }
            Extract extract = take(with, file, context);
            context.checkpoint();
            extracts.put(extract);
            return outcome("kept ", extract, extracts);
        } catch (IOException e) {
            throw ActionException.passing("disk-error", "the executor's disk refused: " + e);
        }
    }

    private Extract take(With with, ExtractFile file, StepContext context) throws IOException {
        try (Pachd pachd = Pachd.open(with.connection(), routes, context)) {
            String version = pachd.version();
            List<String> repos = pachd.repos();
            List<String> pipelines =
                    pachd.pipelines().stream().map(Pipeline::name).toList();
            Tally tally = new Tally();
            ExtractFile.Written written = file.write(writer -> pachd.extract(
                    with.objects(),
                    op -> keep(op, tally, writer),
                    () -> context.progress(null, tally.count() + " operations extracted")));
            refuseUseless(tally);
            return new Extract(
                    Extract.FORMAT,
                    version,
                    tally.version(),
                    with.objects(),
                    tally.kinds(),
                    repos,
                    pipelines,
                    written.sha256(),
                    written.bytes(),
                    file.path().toString(),
                    context.clock().instant().toString());
        }
    }

    private static void keep(byte[] op, Tally tally, Dump.Writer writer) {
        tally.add(Op.read(op));
        try {
            writer.write(op);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuseUseless(Tally tally) {
        if (tally.count() == 0) {
            throw ActionException.permanent(
                    "extract-empty",
                    "expected at least one operation, and pachd has given none: it has no repos and no pipelines;"
                            + " is it the right one?");
        }
        if (tally.kinds().keySet().stream().anyMatch(OF_ACCESS_CONTROL::contains)) {
            throw ActionException.permanent(
                    "access-control-active",
                    "expected no access control, whose tokens would have to be restored; extract and restore this one"
                            + " by hand, with pachctl");
        }
    }

    private static Outcome outcome(String how, Extract extract, Extracts extracts) {
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("configMap", extracts.configMap())
                .put("file", extract.location())
                .put("sha256", extract.sha256())
                .put("bytes", extract.bytes())
                .put("version", extract.version())
                .put("opVersion", extract.opVersion())
                .put("repos", extract.repos().size())
                .put("pipelines", extract.pipelines().size());
        ObjectNode ops = details.putObject("ops");
        extract.ops().forEach(ops::put);
        return new Outcome.Succeeded(
                how + "an extract of pachd " + extract.version() + ", " + extract.bytes() + " bytes, in "
                        + extract.location(),
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        ExtractFile file = new ExtractFile(config.restorePointsDir(), with.name(), context);
        return Outcome.Succeeded.of("would keep an extract of " + with.connection() + " in " + file.path());
    }
}
