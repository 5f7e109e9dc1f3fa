package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code pachyderm.pause}: notes which pipelines run, and has them all stand still. */
@ApplicationScoped
public class PauseAction implements Action<PauseAction.With> {
    private final Routes routes;

    /**
     * @param connection which pachd
     * @param into the name under which it is noted which of them ran
     */
    public record With(Connection connection, String into) {
        public With {
            Connection.require(connection);
            Names.require("into", into);
        }
    }

    public PauseAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "pachyderm.pause";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        PausedPipelines paused = new PausedPipelines(with.into(), context);
        try (Pachd pachd = Pachd.open(with.connection(), routes, context)) {
            Map<String, Boolean> before = paused.note(pachd.pipelines());
            for (Pipeline pipeline : pachd.pipelines()) {
                if (!pipeline.stopped()) {
                    context.progress(null, "pausing pipeline " + pipeline.name());
                    pachd.stop(pipeline.name());
                }
            }
            Waiting.until(context, null, () -> running(pachd), left -> ActionException.passing("timeout", left));
            return outcome(before, paused);
        }
    }

    private static Optional<String> running(Pachd pachd) {
        List<String> left = pachd.pipelines().stream()
                .filter(pipeline -> !pipeline.still())
                .map(Pipeline::name)
                .toList();
        return left.isEmpty() ? Optional.empty() : Optional.of("waiting for pipelines to be paused: " + left);
    }

    private static Outcome outcome(Map<String, Boolean> before, PausedPipelines paused) {
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("configMap", paused.configMap())
                .put("pipelines", before.size());
        List<String> running = before.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        running.forEach(details.putArray("running")::add);
        return new Outcome.Succeeded(
                before.size() + " pipelines stand still; " + running.size() + " of them ran before", details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        try (Pachd pachd = Pachd.open(with.connection(), routes, context)) {
            List<String> names = pachd.pipelines().stream()
                    .filter(pipeline -> !pipeline.stopped())
                    .map(Pipeline::name)
                    .toList();
            return Outcome.Succeeded.of("would pause the pipelines " + names);
        }
    }
}
