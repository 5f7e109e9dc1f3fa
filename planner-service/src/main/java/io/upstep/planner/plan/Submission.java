package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Installation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What someone asked for: that this installation run that version.
 *
 * @param start whether the plan waits to be started once it is planned
 * @param adopts the plan, of this Upstep or of another, that the installation is taken over from; null for none
 * @param waivers the restore points the plan does without
 */
public record Submission(
        String platform,
        Installation installation,
        String target,
        ObjectNode parameters,
        Start start,
        String adopts,
        List<Waiver> waivers) {
    public Submission(String platform, Installation installation, String target, ObjectNode parameters, Start start) {
        this(platform, installation, target, parameters, start, null, List.of());
    }

    public Submission {
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(installation, "installation");
        Objects.requireNonNull(target, "target");
        parameters = parameters == null ? JsonNodeFactory.instance.objectNode() : parameters;
        start = start == null ? Start.MANUAL : start;
        waivers = waivers == null ? List.of() : List.copyOf(waivers);
    }

    @JsonIgnore
    public Resolver.Question question() {
        Set<String> waived = waivers.stream().map(Waiver::restorePoint).collect(Collectors.toUnmodifiableSet());
        return new Resolver.Question(platform, installation, target, parameters, waived);
    }

    /** Whether a person starts the plan after having read it, or it goes on by itself. */
    public enum Start {
        MANUAL,
        AUTOMATIC
    }
}
