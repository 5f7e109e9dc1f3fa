package io.upstep.executor.action.helm;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code helm.upgrade}: makes the release be at a chart with values. */
@ApplicationScoped
public class UpgradeAction extends HelmAction<UpgradeAction.With> {
    private static final Set<String> NOT_YET = Set.of("nothing-saved", "values-not-found");

    private final HelmLibrary library;
    private final ChartSources sources;

    /**
     * @param release the installation's if not said
     * @param values one source, or several that are merged in order
     * @param install whether a release that is not there is installed
     * @param hooks whether the chart's hooks run
     * @param untilReady whether to wait until everything is ready
     * @param timeout how long Helm may wait for one thing
     * @param replace kinds that may be deleted first where a field differs that nobody can change
     * @param takeOwnership whether objects of nobody or of another release are taken over
     */
    public record With(
            String release,
            ChartRef chart,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<ValuesRef> values,

            Boolean install,
            Boolean hooks,
            @JsonProperty("wait") Boolean untilReady,
            Duration timeout,
            List<String> replace,
            Boolean takeOwnership) {
        public With {
            if (chart == null) {
                throw new IllegalArgumentException("expected 'chart', which is missing");
            }
            values = values == null ? List.of() : List.copyOf(values);
            install = Boolean.TRUE.equals(install);
            hooks = !Boolean.FALSE.equals(hooks);
            untilReady = Boolean.TRUE.equals(untilReady);
            takeOwnership = Boolean.TRUE.equals(takeOwnership);
            replace = replace == null ? List.of() : List.copyOf(replace);
        }
    }

    public UpgradeAction(HelmLibrary library, ChartSources sources) {
        this.library = library;
        this.sources = sources;
    }

    @Override
    public String name() {
        return "helm.upgrade";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Releases releases = new Releases(context, objects, with.release());
        Rollout rollout = new Rollout(library, context, objects, releases);
        if (!objects.isPreview()) {
            return rollout.run(goal(with, context, objects, releases), "upgraded");
        }
        Optional<Rollout.Goal> goal = foreseeable(with, context, objects, releases);
        return goal.map(known -> rollout.preview(known, "upgraded"))
                .orElseGet(() -> Outcome.Succeeded.of("would upgrade " + releases.name() + " to " + with.chart()
                        + ", with what earlier steps of the plan will have stored; the rest can be said then"));
    }

    /** Empty while an earlier step of the plan has still to store the chart or the values. */
    private Optional<Rollout.Goal> foreseeable(
            With with, StepContext context, FencedObjects objects, Releases releases) {
        try {
            return Optional.of(goal(with, context, objects, releases));
        } catch (ActionException e) {
            if (NOT_YET.contains(e.code())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Rollout.Goal goal(With with, StepContext context, FencedObjects objects, Releases releases) {
        Chart chart = with.chart().from() == null
                ? sources.fetch(with.chart())
                : new StoredCharts(context, objects).read(with.chart());
        ObjectNode values = Values.merged(with.values(), context, objects, releases);
        return new Rollout.Goal(
                chart,
                values,
                with.install(),
                with.hooks(),
                with.untilReady(),
                with.timeout(),
                with.replace(),
                with.takeOwnership());
    }
}
