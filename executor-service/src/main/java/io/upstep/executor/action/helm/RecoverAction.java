package io.upstep.executor.action.helm;

import io.upstep.event.Outcome;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code helm.recover}: frees a release that an operation which was cut off left pending. */
@ApplicationScoped
public class RecoverAction extends HelmAction<RecoverAction.With> {

    /** @param release the installation's if not said */
    public record With(String release) {}

    @Override
    public String name() {
        return "helm.recover";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        Releases releases = new Releases(context, objects, with.release());
        return releases.recover()
                .map(said -> Outcome.Succeeded.of((objects.isPreview() ? "would recover: " : "") + said))
                .orElseGet(() -> Outcome.Succeeded.of("nobody was cut off while at work on " + releases.name()));
    }
}
