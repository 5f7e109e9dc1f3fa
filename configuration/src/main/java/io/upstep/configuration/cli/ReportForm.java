package io.upstep.configuration.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.configuration.Result;
import io.upstep.configuration.report.Line;
import io.upstep.configuration.report.Problem;
import java.util.List;
import java.util.stream.Stream;

/** How a report is written. */
enum ReportForm {
    TEXT {
        @Override
        String write(Result result) {
            List<Line> changed = result.report().changed();
            long kept = result.report().leaves().size() - changed.size();
            Stream<String> lines = Stream.of(
                            result.path().stream().map(stage -> "# " + stage.title()),
                            changed.stream().map(Line::text),
                            Stream.of("kept as they are: " + kept + " values"),
                            result.report().notes().stream().map(note -> "note: " + note),
                            result.problems().stream().map(Problem::text))
                    .flatMap(part -> part);
            return String.join("\n", lines.toList());
        }
    },
    JSON {
        @Override
        String write(Result result) {
            return json(result.shown());
        }
    };

    abstract String write(Result result);

    static String json(Object value) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("expected a report to have a JSON form", e);
        }
    }
}
