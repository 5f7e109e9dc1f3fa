package io.upstep.executor.action.helm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import io.upstep.executor.action.kubernetes.SavedObjects;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** {@code helm.save}: keeps a release as it is, so that {@code helm.rollback} of the same plan can put it back. */
@ApplicationScoped
public class SaveAction extends HelmAction<SaveAction.With> {

    /**
     * @param release the installation's if not said
     * @param into how the Secrets' names begin; {@code -release} and the plan's id are added
     */
    public record With(String release, String into) {
        public With {
            if (into == null || !into.matches("[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "expected 'into' to be the beginning of a Secret's name, came '" + into + "'");
            }
        }
    }

    @Override
    public String name() {
        return "helm.save";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Releases releases = new Releases(context, objects, with.release());
        SavedObjects saved = SavedRelease.into(with.into(), context, objects);
        if (saved.isComplete()) {
            return Outcome.Succeeded.of("saved already in Secret " + saved.name());
        }
        ReleaseRecord record = releases.live().orElseThrow(releases::notFound);
        if (record.isAtWork()) {
            throw ActionException.permanent(
                    "release-pending",
                    "expected a release that nobody is at work on, Helm says " + record.status()
                            + "; let a step do helm.recover first");
        }
        int parts = saved.write(List.of(SavedRelease.item(record, releases.name())));
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("secret", saved.name())
                .put("parts", parts)
                .put("release", releases.name())
                .put("chart", record.chartName())
                .put("version", record.chartVersion())
                .put("revision", record.revision());
        return objects.report().outcome("saved the release " + releases.name() + " in", details);
    }
}
