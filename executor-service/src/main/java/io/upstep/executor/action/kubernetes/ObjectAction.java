package io.upstep.executor.action.kubernetes;

import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;

/** An action on Kubernetes objects. Its preview takes the same way through the same code, with every write a dry run. */
abstract class ObjectAction<P> implements Action<P> {
    private final String name;
    private final Class<P> parameters;

    ObjectAction(String name, Class<P> parameters) {
        this.name = name;
        this.parameters = parameters;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Class<P> parameters() {
        return parameters;
    }

    @Override
    public final Outcome run(P with, StepContext context) {
        return act(with, context, new FencedObjects(context, false));
    }

    @Override
    public final Outcome preview(P with, StepContext context) {
        return act(with, context, new FencedObjects(context, true));
    }

    abstract Outcome act(P with, StepContext context, FencedObjects objects);
}
