package io.upstep.verifier.messaging;

import io.upstep.event.Ending;
import io.upstep.event.Fact;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.UpgradeCompleted;
import io.upstep.event.Verdict;
import java.time.Instant;
import java.util.Map;

/** Says how an upgrade ended: as the planner believes, unless the verdict refutes it. */
final class FinalWord {
    private FinalWord() {}

    static UpgradeCompleted of(
            PlanVerificationRequested asked, Verdict verdict, Map<String, Fact> running, String verifier, Instant now) {
        boolean refuted = PlanVerdict.isJudged(asked.ending()) && !verdict.isPassed();
        return new UpgradeCompleted(
                asked.planId(),
                asked.verificationId(),
                asked.installation(),
                asked.platform(),
                asked.from(),
                asked.target(),
                refuted ? Ending.FAILED : asked.ending(),
                refuted ? refutation(asked, verdict) : asked.reason(),
                verdict,
                running,
                asked.acceptedRisks(),
                verifier,
                asked.startedAt(),
                now);
    }

    private static String refutation(PlanVerificationRequested asked, Verdict verdict) {
        if (asked.ending() == Ending.ROLLED_BACK) {
            return "the checks of the rollback did not pass: " + verdict.summary()
                    + (asked.reason() == null ? "" : " (rolled back because: " + asked.reason() + ")");
        }
        return "the final verification did not pass: " + verdict.summary();
    }
}
