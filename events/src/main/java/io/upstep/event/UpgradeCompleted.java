package io.upstep.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Verifier to subscribers and planner: an upgrade is over. Published by the verifier alone, which did none of the work.
 *
 * @param from the version before; null when it could not be told
 * @param verdict what the final checks showed
 * @param running what is running now, as observed after the last step, whatever the ending
 * @param acceptedRisks what someone decided to go without
 */
public record UpgradeCompleted(
        String planId,
        String verificationId,
        Installation installation,
        String platform,
        String from,
        String target,
        Ending ending,
        String reason,
        Verdict verdict,
        Map<String, Fact> running,
        List<AcceptedRisk> acceptedRisks,
        String verifier,
        Instant startedAt,
        Instant completedAt)
        implements EventData {
    public UpgradeCompleted {
        Require.text(planId, "planId");
        Require.text(verificationId, "verificationId");
        Require.present(installation, "installation");
        Require.text(platform, "platform");
        Require.text(target, "target");
        Require.present(ending, "ending");
        Require.present(verdict, "verdict");
        running = Require.map(running, "running");
        acceptedRisks = Require.list(acceptedRisks, "acceptedRisks");
        Require.text(verifier, "verifier");
        Require.present(startedAt, "startedAt");
        Require.present(completedAt, "completedAt");
        if (ending == Ending.SUCCEEDED && !verdict.isPassed()) {
            throw new IllegalArgumentException(
                    "'ending' SUCCEEDED needs a passed verdict, but the verdict is: " + verdict.summary());
        }
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
