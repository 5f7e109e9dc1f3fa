package io.upstep.executor.action.pachyderm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.route.Routes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code pachyderm.resume}: starts the pipelines again that ran before {@code pachyderm.pause} of the same plan. */
@ApplicationScoped
public class ResumeAction implements Action<ResumeAction.With> {
    private final Routes routes;

    /**
     * @param connection which pachd
     * @param from what {@code pachyderm.pause} was given as {@code into}
     */
    public record With(Connection connection, String from) {
        public With {
            Connection.require(connection);
            Names.require("from", from);
        }
    }

    public ResumeAction(Routes routes) {
        this.routes = routes;
    }

    @Override
    public String name() {
        return "pachyderm.resume";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        Map<String, Boolean> before =
                new PausedPipelines(with.from(), context).read().orElse(Map.of());
        if (before.isEmpty()) {
            // As its undo it must be right when nothing was paused yet.
            return Outcome.Succeeded.of("no pipeline was paused");
        }
        try (Pachd pachd = Pachd.open(with.connection(), routes, context)) {
            Map<String, Pipeline> now = pachd.pipelines().stream()
                    .collect(Collectors.toMap(Pipeline::name, Function.identity(), (a, b) -> a, TreeMap::new));
            List<String> started = new ArrayList<>();
            List<String> gone = new ArrayList<>();
            before.forEach((name, ran) -> {
                if (!now.containsKey(name)) {
                    gone.add(name);
                } else if (ran && now.get(name).stopped()) {
                    context.progress(null, "starting pipeline " + name);
                    pachd.start(name);
                    started.add(name);
                }
            });
            return outcome(started, gone);
        }
    }

    private static Outcome outcome(List<String> started, List<String> gone) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        started.forEach(details.putArray("started")::add);
        gone.forEach(details.putArray("gone")::add);
        return new Outcome.Succeeded(
                started.size() + " pipelines were started again"
                        + (gone.isEmpty() ? "" : "; not there any more: " + String.join(", ", gone)),
                details);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would start the pipelines again that ran before");
    }
}
