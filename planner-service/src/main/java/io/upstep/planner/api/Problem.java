package io.upstep.planner.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An error as RFC 9457 problem details, with a stable code and always what was expected, what came and what to do. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "RFC 9457 problem details; every error of this API has this form")
public record Problem(
        @Schema(description = "urn:upstep:problem:<code>") String type,
        String title,
        int status,

        @Schema(description = "Stable, for programs: see docs/reference/problems.md")
        String code,

        @Schema(description = "One sentence for people") String detail,
        String expected,
        @Schema(description = "What came instead") String actual,
        @Schema(description = "What to do") String remedy,

        @Schema(description = "Everything that is wrong, when it is more than one thing")
        List<Invalid> errors,

        @Schema(description = "What a refusal rests on, one observation a line")
        List<String> evidence,

        @Schema(description = "The plan this is about, or that stands in the way")
        String plan) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** One thing that is wrong: where (JSON Pointer, RFC 6901), and what would be right. */
    public record Invalid(String pointer, String expected, String actual, String remedy) {}

    public static Problem of(ProblemCode code, String expected, String actual, String remedy) {
        String detail = "Expected " + expected + ", came " + actual + ".";
        return new Problem(
                code.type(),
                code.title(),
                code.status(),
                code.text(),
                detail,
                expected,
                actual,
                remedy,
                null,
                null,
                null);
    }

    public Problem withErrors(List<Invalid> all) {
        return new Problem(type, title, status, code, detail, expected, actual, remedy, all, evidence, plan);
    }

    public Problem withEvidence(List<String> lines) {
        return new Problem(type, title, status, code, detail, expected, actual, remedy, errors, lines, plan);
    }

    public Problem withDetail(String sentence) {
        return new Problem(type, title, status, code, sentence, expected, actual, remedy, errors, evidence, plan);
    }

    public Problem withStatus(int other) {
        return new Problem(type, title, other, code, detail, expected, actual, remedy, errors, evidence, plan);
    }

    public Problem about(String planId) {
        return new Problem(type, title, status, code, detail, expected, actual, remedy, errors, evidence, planId);
    }
}
