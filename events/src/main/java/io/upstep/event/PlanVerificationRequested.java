package io.upstep.event;

import java.time.Instant;
import java.util.List;

/**
 * Planner to verifiers of the cluster: the steps are over; judge the installation as a whole and say what it runs.
 *
 * @param ending how the planner believes it ended; {@code SUCCEEDED} and {@code ROLLED_BACK} hold only if the checks pass
 * @param reason why it failed or was cancelled; null when it succeeded
 * @param checks what must hold for the ending to be true: of an upgrade that succeeded, or of one that was rolled back; not made for
 *     other endings
 * @param facts what to observe in any case, so that the completion event always says what is running
 */
public record PlanVerificationRequested(
        String planId,
        String verificationId,
        Installation installation,
        String platform,
        String from,
        String target,
        Ending ending,
        String reason,
        List<CheckSpec> checks,
        List<FactSpec> facts,
        List<AcceptedRisk> acceptedRisks,
        Instant startedAt)
        implements EventData {
    public PlanVerificationRequested {
        Require.text(planId, "planId");
        Require.text(verificationId, "verificationId");
        Require.present(installation, "installation");
        Require.text(platform, "platform");
        Require.text(target, "target");
        Require.present(ending, "ending");
        checks = Require.list(checks, "checks");
        facts = Require.list(facts, "facts");
        acceptedRisks = Require.list(acceptedRisks, "acceptedRisks");
        Require.present(startedAt, "startedAt");
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
