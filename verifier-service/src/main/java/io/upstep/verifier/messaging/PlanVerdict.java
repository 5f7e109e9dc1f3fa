package io.upstep.verifier.messaging;

import io.upstep.event.Ending;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.event.PlanVerificationRequested;
import io.upstep.event.Verdict;
import io.upstep.verifier.check.kubernetes.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which endings are judged, and the verdict on a plan whose checks are not made: because of its ending, or because it has none. */
final class PlanVerdict {
    private static final String VERSION = "version";

    private PlanVerdict() {}

    /** Whether the ending is a claim about the installation: it was upgraded, or it is again what it was. */
    static boolean isJudged(Ending ending) {
        return ending == Ending.SUCCEEDED || ending == Ending.ROLLED_BACK;
    }

    static Verdict withoutChecks(PlanVerificationRequested asked, Map<String, Fact> facts, Instant now) {
        return isJudged(asked.ending()) ? byVersion(asked, facts, now) : byEnding(asked, now);
    }

    private static Verdict byEnding(PlanVerificationRequested asked, Instant now) {
        String reason = asked.reason() == null ? asked.ending().toString() : asked.reason();
        // Failed is known to have failed. Of what was cancelled or abandoned nobody knows whether it is as it should
        // be.
        Evidence.Result result = asked.ending() == Ending.FAILED ? Evidence.Result.FAILED : Evidence.Result.UNKNOWN;
        return Verdict.of(List.of(new Evidence(
                "plan.ending",
                asked.installation().toString(),
                result,
                "SUCCEEDED",
                asked.ending() + ": " + reason,
                now)));
    }

    /** Without checks, the ending is true if the version that runs is the one that was to be reached, or gone back to. */
    private static Verdict byVersion(PlanVerificationRequested asked, Map<String, Fact> facts, Instant now) {
        Fact version = facts.getOrDefault(VERSION, Fact.unknown("the plan has neither checks nor a fact 'version'"));
        String expected = asked.ending() == Ending.SUCCEEDED ? asked.target() : asked.from();
        return Verdict.of(List.of(new Evidence(
                "fact.version",
                version.isKnown() ? version.source() : asked.installation().toString(),
                result(version, expected),
                expected == null ? "the version before, which is not known" : expected,
                version.isKnown() ? version.value().asText() : version.unknown(),
                now)));
    }

    private static Evidence.Result result(Fact version, String expected) {
        if (!version.isKnown() || expected == null) {
            return Evidence.Result.UNKNOWN;
        }
        return Versions.same(version.value().asText(), expected) ? Evidence.Result.PASSED : Evidence.Result.FAILED;
    }
}
