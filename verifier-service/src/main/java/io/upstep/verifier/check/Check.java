package io.upstep.verifier.check;

import io.upstep.event.Evidence;
import java.util.List;

/**
 * Something that can be seen to be as it should. An implementation is an application-scoped bean.
 *
 * @param <P> its parameters: a record whose components are the keys of a check's {@code with}
 */
public interface Check<P> {

    /** What recipes call it, for example {@code kubernetes.rollout-complete}. */
    String name();

    Class<P> parameters();

    /** One look, now. Waiting and looking again is the caller's; what it throws counts as unknown. */
    List<Evidence> look(P with, CheckContext context);
}
