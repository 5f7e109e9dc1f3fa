package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.TextNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Probe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * The version that runs, from the first source that tells it; sources that tell another are named. Objects of one source
 * that disagree (an upgrade half done) make it unknown: no version is guessed.
 */
@ApplicationScoped
public class VersionProbe implements Probe<VersionProbe.With> {

    /** @param sources the most trusted first */
    public record With(List<VersionSource> sources) {
        public With {
            if (sources == null || sources.isEmpty()) {
                throw new IllegalArgumentException("expected at least one of 'sources'");
            }
        }
    }

    @Override
    public String name() {
        return "kubernetes.version";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public Fact observe(With with, CheckContext context) {
        Reading answer = null;
        List<String> others = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (VersionSource source : with.sources()) {
            List<Reading> readings = source.read(context);
            List<Reading> telling =
                    readings.stream().filter(r -> r.version() != null).toList();
            if (telling.isEmpty()) {
                silent.add(silence(source, readings));
            } else if (answer == null && !agree(telling)) {
                return Fact.unknown("the objects disagree: " + list(telling));
            } else if (answer == null) {
                answer = telling.get(0);
            } else {
                String version = answer.version();
                telling.stream()
                        .filter(r -> !Versions.same(r.version(), version))
                        .forEach(r -> others.add(said(r)));
            }
        }
        return answer == null
                ? Fact.unknown("no source tells a version: " + String.join("; ", silent))
                : Fact.known(
                        TextNode.valueOf(answer.plain()),
                        answer.where() + (others.isEmpty() ? "" : " (but " + String.join("; ", others) + ")"));
    }

    private static boolean agree(List<Reading> readings) {
        return readings.stream()
                .allMatch(r -> Versions.same(r.version(), readings.get(0).version()));
    }

    private static String list(List<Reading> readings) {
        return String.join("; ", readings.stream().map(VersionProbe::said).toList());
    }

    private static String said(Reading reading) {
        return reading.where() + " says " + reading.found();
    }

    private static String silence(VersionSource source, List<Reading> readings) {
        return readings.isEmpty() ? source.subject() + ": nothing to read it from" : list(readings);
    }
}
