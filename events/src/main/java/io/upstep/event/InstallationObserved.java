package io.upstep.event;

import java.time.Instant;
import java.util.Map;

/** Verifier to planner: what was seen. Every fact asked for is here, known or unknown. */
public record InstallationObserved(
        String planId,
        String observationId,
        Installation installation,
        String verifier,
        Map<String, Fact> facts,
        Instant observedAt)
        implements EventData {
    public InstallationObserved {
        Require.text(planId, "planId");
        Require.text(observationId, "observationId");
        Require.present(installation, "installation");
        Require.text(verifier, "verifier");
        facts = Require.map(facts, "facts");
        Require.present(observedAt, "observedAt");
    }

    @Override
    public String subject() {
        return planId;
    }

    @Override
    public String cluster() {
        return installation.cluster();
    }
}
