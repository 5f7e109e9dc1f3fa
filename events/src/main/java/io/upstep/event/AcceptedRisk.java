package io.upstep.event;

/** A check or step that someone decided to go without, and why. Shown in the completion event. */
public record AcceptedRisk(String stepId, String reason, String acceptedBy) {
    public AcceptedRisk {
        Require.text(stepId, "acceptedRisk.stepId");
        Require.text(reason, "acceptedRisk.reason");
        Require.text(acceptedBy, "acceptedRisk.acceptedBy");
    }
}
