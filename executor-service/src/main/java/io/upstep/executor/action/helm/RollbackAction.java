package io.upstep.executor.action.helm;

import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code helm.rollback}: puts a release back as {@code helm.save} of the same plan kept it, whatever has become of it since.
 * Neither the old chart nor Helm's history is needed: a chart is made of the objects as they were rendered then.
 */
@ApplicationScoped
public class RollbackAction extends HelmAction<RollbackAction.With> {
    private final HelmLibrary library;

    /**
     * @param release the installation's if not said
     * @param from what helm.save was given as {@code into}
     * @param replace kinds that may be deleted first where a field differs that nobody can change
     * @param hooks whether the old chart's hooks run
     * @param timeout how long Helm may wait for one thing
     */
    public record With(String release, String from, List<String> replace, Boolean hooks, Duration timeout) {
        public With {
            if (from == null || from.isBlank()) {
                throw new IllegalArgumentException(
                        "expected 'from', what helm.save was given as 'into', which is missing");
            }
            replace = replace == null ? List.of() : List.copyOf(replace);
            hooks = Boolean.TRUE.equals(hooks);
        }
    }

    public RollbackAction(HelmLibrary library) {
        this.library = library;
    }

    @Override
    public String name() {
        return "helm.rollback";
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
            return rollout.run(goal(with, SavedRelease.read(with.from(), context, objects), objects), "put back");
        }
        try {
            return rollout.preview(goal(with, SavedRelease.read(with.from(), context, objects), objects), "put back");
        } catch (ActionException e) {
            if (e.code().equals("nothing-saved")) {
                return Outcome.Succeeded.of("would put back what helm.save will have kept as " + with.from());
            }
            throw e;
        }
    }

    private static Rollout.Goal goal(With with, ReleaseRecord saved, FencedObjects fenced) {
        List<String> objects = new ServedKinds(fenced)
                .lifted(saved.manifest()).stream().map(Documents.Document::text).toList();
        Chart chart = LiteralChart.of(
                saved.content().at("/chart/metadata"),
                LiteralChart.bytes(saved.content().path("chart").path("values")),
                with.hooks()
                        ? Stream.concat(objects.stream(), saved.hooks().stream())
                                .toList()
                        : objects);
        return new Rollout.Goal(
                // Its hooks, where wanted, are among its objects.
                chart, saved.values(), true, true, false, with.timeout(), with.replace(), false);
    }
}
