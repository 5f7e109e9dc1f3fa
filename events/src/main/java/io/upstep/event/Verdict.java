package io.upstep.event;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What the verifier concludes, with its evidence. Unknown never counts as passed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "result")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Passed.class, name = "passed"),
    @JsonSubTypes.Type(value = Verdict.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Verdict.Unknown.class, name = "unknown")
})
public sealed interface Verdict {

    /** One sentence for people. */
    String summary();

    List<Evidence> evidence();

    @JsonIgnore
    default boolean isPassed() {
        return this instanceof Passed;
    }

    /** Fails if any evidence failed, is unknown if any is unknown or there is none at all, and else passes. */
    static Verdict of(List<Evidence> evidence) {
        Evidence failed = first(evidence, Evidence.Result.FAILED);
        if (failed != null) {
            return new Failed(sentence(failed), evidence);
        }
        Evidence unknown = first(evidence, Evidence.Result.UNKNOWN);
        if (unknown != null) {
            return new Unknown(sentence(unknown), evidence);
        }
        return evidence.isEmpty()
                ? new Unknown("nothing was looked at", evidence)
                : new Passed(
                        evidence.size() + (evidence.size() == 1 ? " observation" : " observations") + " as expected",
                        evidence);
    }

    private static Evidence first(List<Evidence> evidence, Evidence.Result result) {
        return evidence.stream().filter(e -> e.result() == result).findFirst().orElse(null);
    }

    private static String sentence(Evidence e) {
        return e.check() + " on " + e.subject()
                + ": expected " + (e.expected() == null ? "it to hold" : e.expected())
                + ", saw " + (e.actual() == null ? "nothing" : e.actual());
    }

    record Passed(String summary, List<Evidence> evidence) implements Verdict {
        public Passed {
            Require.text(summary, "verdict.summary");
            evidence = Require.list(evidence, "verdict.evidence");
            if (evidence.isEmpty()) {
                throw new IllegalArgumentException(
                        "a passed verdict needs evidence, but 'verdict.evidence' is empty: who looked at nothing says unknown");
            }
            for (Evidence e : evidence) {
                if (e.result() != Evidence.Result.PASSED) {
                    throw new IllegalArgumentException(
                            "a passed verdict needs evidence that passed, but: " + sentence(e));
                }
            }
        }
    }

    record Failed(String summary, List<Evidence> evidence) implements Verdict {
        public Failed {
            Require.text(summary, "verdict.summary");
            evidence = Require.list(evidence, "verdict.evidence");
        }
    }

    record Unknown(String summary, List<Evidence> evidence) implements Verdict {
        public Unknown {
            Require.text(summary, "verdict.summary");
            evidence = Require.list(evidence, "verdict.evidence");
        }
    }
}
