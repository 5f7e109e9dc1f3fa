package io.upstep.executor.run;

import io.upstep.event.Outcome;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.StepContext;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Does what the test says, and counts. */
final class ScriptedAction implements Action<ScriptedAction.With> {
    private final AtomicInteger runs = new AtomicInteger();
    private volatile Function<StepContext, Outcome> script = context -> Outcome.Succeeded.of("done");

    record With(String word) {}

    void does(Function<StepContext, Outcome> newScript) {
        script = newScript;
    }

    int runs() {
        return runs.get();
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Outcome run(With with, StepContext context) {
        runs.incrementAndGet();
        return script.apply(context);
    }

    @Override
    public Outcome preview(With with, StepContext context) {
        return Outcome.Succeeded.of("would do");
    }
}
