package io.upstep.event;

/**
 * Verifier to planner: a sign of life of a final judgement, so that nobody else is asked for it meanwhile.
 *
 * @param sequence counts from 1 within the verification and verifier
 * @param message what is being looked at now
 */
public record PlanVerificationProgressed(
        String planId, String verificationId, Installation installation, String verifier, long sequence, String message)
        implements EventData {
    public PlanVerificationProgressed {
        Require.text(planId, "planId");
        Require.text(verificationId, "verificationId");
        Require.present(installation, "installation");
        Require.text(verifier, "verifier");
        Require.atLeastOne(sequence, "sequence");
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
