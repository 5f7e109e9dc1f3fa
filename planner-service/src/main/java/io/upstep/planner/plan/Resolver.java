package io.upstep.planner.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import io.upstep.event.Installation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers how an installation gets to a version, from the platform's upgrade graph and the facts of the live installation.
 * A pure function of its arguments and the loaded recipes: asked again it answers the same.
 */
public interface Resolver {

    /**
     * What must be observed before {@link #resolve} can answer. Always among them: {@code installed} (boolean) and
     * {@code version} (text).
     */
    List<FactSpec> factsToObserve(Question question);

    /** The path with all its steps, or the refusal with its reason. A fact that is unknown never lets an edge pass. */
    Resolution resolve(Question question, Map<String, Fact> facts);

    /**
     * What is asked: the installation that is to run the target version of the platform.
     *
     * @param waived the restore points that somebody does without
     */
    record Question(
            String platform, Installation installation, String target, ObjectNode parameters, Set<String> waived) {}
}
