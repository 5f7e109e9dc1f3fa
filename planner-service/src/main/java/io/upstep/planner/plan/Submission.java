package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Installation;
import java.util.Objects;

/**
 * What someone asked for: that this installation run that version.
 *
 * @param start whether the plan waits to be started once it is planned
 * @param adopts the plan, of this Upstep or of another, that the installation is taken over from; null for none
 */
public record Submission(
        String platform, Installation installation, String target, ObjectNode parameters, Start start, String adopts) {
    public Submission(String platform, Installation installation, String target, ObjectNode parameters, Start start) {
        this(platform, installation, target, parameters, start, null);
    }

    public Submission {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(installation, "installation");
        Objects.requireNonNull(target, "target");
        parameters = parameters == null ? JsonNodeFactory.instance.objectNode() : parameters;
        start = start == null ? Start.MANUAL : start;
    }

    @JsonIgnore
    public Resolver.Question question() {
        return new Resolver.Question(platform, installation, target, parameters);
    }

    /** Whether a person starts the plan after having read it, or it goes on by itself. */
    public enum Start {
        MANUAL,
        AUTOMATIC
    }
}
