package io.upstep.executor.action;

import io.upstep.event.Outcome;

/**
 * One kind of work an executor can do. An implementation is an application-scoped bean; nothing else has to know of it.
 *
 * <p>It may be run again after it was cut off anywhere: run twice, the result is the same as run once. Whatever it throws
 * is turned into an outcome by its caller.
 *
 * @param <P> its parameters: a record whose components are the keys of a step's {@code with}
 */
public interface Action<P> {

    /** What recipes call it, for example {@code kubernetes.scale}. */
    String name();

    Class<P> parameters();

    /** Does the work. Asks {@link StepContext#checkpoint} before every write. */
    Outcome run(P with, StepContext context);

    /** Says what {@link #run} would change, and changes nothing. */
    Outcome preview(P with, StepContext context);
}
