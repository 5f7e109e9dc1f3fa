package io.upstep.event;

import java.util.List;

/** Planner to verifiers of the cluster: observe these facts of an installation. */
public record ObservationRequested(String planId, String observationId, Installation installation, List<FactSpec> facts)
        implements EventData {
    public ObservationRequested {
        Require.text(planId, "planId");
        Require.text(observationId, "observationId");
        Require.present(installation, "installation");
        facts = Require.list(facts, "facts");
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
