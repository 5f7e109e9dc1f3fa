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

/** The verdict on a plan whose checks are not made: because it did not succeed, or because it has none. */
final class PlanVerdict {
    private static final String VERSION = "version";

    private PlanVerdict() {}

    static Verdict withoutChecks(PlanVerificationRequested asked, Map<String, Fact> facts, Instant now) {
        return asked.ending() == Ending.SUCCEEDED ? byVersion(asked, facts, now) : byEnding(asked, now);
    }

    private static Verdict byEnding(PlanVerificationRequested asked, Instant now) {
        String reason = asked.reason() == null ? asked.ending().toString() : asked.reason();
        // Failed is known to have failed. After a cancellation or a rollback nobody has looked whether it is as it
        // should be.
        Evidence.Result result = asked.ending() == Ending.FAILED ? Evidence.Result.FAILED : Evidence.Result.UNKNOWN;
        return Verdict.of(List.of(new Evidence(
                "plan.ending",
                asked.installation().toString(),
                result,
                "SUCCEEDED",
                asked.ending() + ": " + reason,
                now)));
    }

    /** Without exit checks, a plan has succeeded if the version that runs is the one it was to reach. */
    private static Verdict byVersion(PlanVerificationRequested asked, Map<String, Fact> facts, Instant now) {
        Fact version =
                facts.getOrDefault(VERSION, Fact.unknown("the plan has neither exit checks nor a fact 'version'"));
        return Verdict.of(List.of(new Evidence(
                "fact.version",
                version.isKnown() ? version.source() : asked.installation().toString(),
                result(version, asked.target()),
                asked.target(),
                version.isKnown() ? version.value().asText() : version.unknown(),
                now)));
    }

    private static Evidence.Result result(Fact version, String target) {
        if (!version.isKnown()) {
            return Evidence.Result.UNKNOWN;
        }
        return Versions.same(version.value().asText(), target) ? Evidence.Result.PASSED : Evidence.Result.FAILED;
    }
}
