package io.upstep.configuration.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void shouldAskForEnteringAgainOnlyWhatHeldSomething() {
        Report report = new Report(
                List.of(),
                List.of(
                        line(Kind.REMOVED, "integrations.slack.0.url", "\"***\"", Where.WEB_UI),
                        line(Kind.REMOVED, "integrations.hipchat", "null", Where.WEB_UI),
                        line(Kind.REMOVED, "nodeSelectors.jobs", "{}", Where.WEB_UI),
                        line(Kind.REMOVED, "queues.hp", "\"queues.hp\"", Where.NOWHERE),
                        line(Kind.KEPT, "namespace", "\"polyaxon\"", null)),
                List.of());
        assertThat(report.toReEnter()).extracting(Line::path).containsExactly("integrations.slack.0.url");
    }

    private static Line line(Kind kind, String path, String was, Where where) {
        return new Line(kind, path, 1, was, null, null, where, List.of());
    }
}
