package io.upstep.configuration;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.upstep.configuration.report.Problem;
import io.upstep.configuration.report.Report;
import java.util.List;

/**
 * A migrated document. {@code before} and {@code config} hold the document as it is, secrets too; nothing else here does.
 *
 * @param before the text as it came; not part of the JSON form
 * @param config the new text
 * @param path the rule files applied, in order
 * @param diff the change as a unified diff, without comments and with secrets hidden
 */
public record Result(
        @JsonIgnore String before,
        String config,
        Report report,
        List<Problem> problems,
        List<Way.Stage> path,
        String diff) {

    /** Whether it can be used as it is. */
    @JsonProperty
    public boolean valid() {
        return problems.stream().noneMatch(Problem::isError);
    }

    /** What can be shown to anybody: everything but the two texts. */
    public Shown shown() {
        return new Shown(report, problems, valid(), path, diff);
    }

    /** A result without the texts. */
    public record Shown(Report report, List<Problem> problems, boolean valid, List<Way.Stage> path, String diff) {}
}
