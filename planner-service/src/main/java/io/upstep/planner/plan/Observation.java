package io.upstep.planner.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.soabase.recordbuilder.core.RecordBuilder;
import io.upstep.event.Fact;
import io.upstep.event.FactSpec;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A look at the installation: asked for, and, once answered, what was seen.
 *
 * @param id tells the answer to this one from the answer to an earlier one
 * @param startedBy who started the plan, if this is the look before starting; else null
 * @param asked what the verifier is to look at
 * @param rings how often verifiers were asked
 * @param facts what was seen; empty until then
 * @param observedAt null until it is answered
 */
@RecordBuilder
public record Observation(
        String id,
        String startedBy,
        List<FactSpec> asked,
        int rings,
        Instant requestedAt,
        String verifier,
        Map<String, Fact> facts,
        Instant observedAt)
        implements ObservationBuilder.With {
    public Observation {
        asked = asked == null ? List.of() : List.copyOf(asked);
        facts = facts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    @JsonIgnore
    public boolean isAnswered() {
        return observedAt != null;
    }
}
