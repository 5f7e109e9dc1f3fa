package io.upstep.executor.action.helm;

import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.FencedObjects;

/** An action on a Helm release. Its preview takes the same way, with objects that only rehearse. */
abstract class HelmAction<P> implements Action<P> {
    @Override
    public Outcome run(P with, StepContext context) {
        return act(with, context, new FencedObjects(context, false));
    }

    @Override
    public Outcome preview(P with, StepContext context) {
        return act(with, context, new FencedObjects(context, true));
    }

    abstract Outcome act(P with, StepContext context, FencedObjects objects);
}
