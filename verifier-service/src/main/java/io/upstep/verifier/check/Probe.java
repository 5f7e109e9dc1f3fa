package io.upstep.verifier.check;

import io.upstep.event.Fact;

/**
 * A way to observe a fact. An implementation is an application-scoped bean.
 *
 * @param <P> its parameters: a record whose components are the keys of a fact's {@code with}
 */
public interface Probe<P> {

    /** What recipes call it, for example {@code kubernetes.version}. */
    String name();

    Class<P> parameters();

    /** Observes once, now. What it throws becomes the reason why the fact is unknown. */
    Fact observe(P with, CheckContext context);
}
