package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code helm.uninstall}: takes a release's objects away. */
@ApplicationScoped
public class UninstallAction extends HelmAction<UninstallAction.With> {
    private static final String BEGUN = "begun";

    private final HelmLibrary library;

    /**
     * @param release the installation's if not said
     * @param hooks whether the chart's hooks run
     * @param keepHistory whether Helm remembers the release
     * @param mayBeAbsent whether there is nothing to do when there is no such release, as where an installation is taken
     *     back that may never have begun
     * @param timeout how long it may take
     */
    public record With(String release, Boolean hooks, Boolean keepHistory, Boolean mayBeAbsent, Duration timeout) {
        public With {
            hooks = !Boolean.FALSE.equals(hooks);
            keepHistory = Boolean.TRUE.equals(keepHistory);
            mayBeAbsent = Boolean.TRUE.equals(mayBeAbsent);
        }
    }

    public UninstallAction(HelmLibrary library) {
        this.library = library;
    }

    @Override
    public String name() {
        return "helm.uninstall";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Releases releases = new Releases(context, objects, with.release());
        Optional<ReleaseRecord> newest = releases.newest();
        boolean begun = context.cursor().filter(BEGUN::equals).isPresent();
        if (newest.isEmpty() && !begun) {
            if (with.mayBeAbsent()) {
                return Outcome.Succeeded.of("there is no release " + releases.name() + ", so nothing to uninstall");
            }
            throw releases.notFound();
        }
        if (newest.isEmpty() || newest.get().isUninstalled() && !begun) {
            return Outcome.Succeeded.of("the release " + releases.name() + " is uninstalled already");
        }
        if (objects.isPreview()) {
            return foreseen(with, newest.get(), releases);
        }
        // Said before the first object is gone: a later attempt that finds no release must know that this is why.
        if (!begun) {
            context.saveCursor(BEGUN);
        }
        if (!newest.get().isUninstalled()) {
            // Its record stays as it is, in whatever state: by it Helm knows what to take away.
            releases.refuseForeignWork();
            releases.lift();
            context.progress(null, "uninstalling " + releases.name());
            // With its history, from which is known what else there may be of the release.
            new Helm(library, context, objects, releases.name())
                    .uninstall(with.hooks(), true, with.timeout(), newest.get().values());
        }
        releases.newest().ifPresent(new Orphans(context, objects, releases)::removeBeside);
        releases.forget(with.keepHistory());
        return objects.report().outcome("uninstalled " + releases.name(), details(newest.get(), releases));
    }

    private static Outcome foreseen(With with, ReleaseRecord newest, Releases releases) {
        List<String> titles = Documents.of(newest.manifest()).stream()
                .map(Documents.Document::title)
                .toList();
        ObjectNode details = details(newest, releases).put("hooks", with.hooks());
        titles.forEach(details.putArray("changed")::add);
        return new Outcome.Succeeded("would uninstall " + releases.name() + ": " + String.join(", ", titles), details);
    }

    private static ObjectNode details(ReleaseRecord record, Releases releases) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("release", releases.name())
                .put("chart", record.chartName())
                .put("version", record.chartVersion());
    }
}
