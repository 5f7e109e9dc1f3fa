package io.upstep.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.document.Document;
import io.upstep.configuration.document.UnreadableException;
import io.upstep.configuration.report.Problem;
import io.upstep.configuration.rule.Answers;
import io.upstep.configuration.rule.Bench;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies rule files to a document, one after the other. The same text always gives the same result. */
public final class Migration {
    private final List<RuleFile> files;
    private final RuleFile arrival;
    private final Answers answers;

    /** @param arrival the file that says what the target takes; null if none does */
    Migration(List<RuleFile> files, RuleFile arrival) {
        this(files, arrival, Map.of());
    }

    private Migration(List<RuleFile> files, RuleFile arrival, Map<String, JsonNode> answers) {
        this.files = List.copyOf(files);
        this.arrival = arrival;
        this.answers = new Answers(new LinkedHashMap<>(answers));
    }

    /** @param files in order; the last says what the target takes */
    public static Migration of(List<RuleFile> files) {
        return new Migration(files, files.isEmpty() ? null : files.get(files.size() - 1));
    }

    /**
     * Values that the person gives who migrates: each goes, after all rules, to its place in the new document, whatever is
     * there; null takes away what is there. A conflict about such a place is settled by that.
     *
     * @param paths values by dotted path
     * @throws IllegalArgumentException if a path is none, or has a wildcard
     */
    public Migration withAnswers(Map<String, JsonNode> paths) {
        return new Migration(files, arrival, paths);
    }

    /** @throws UnreadableException if the text is not one YAML document with a map in it, within bounds */
    public Result run(String text) {
        Document document = Document.read(text);
        Bench bench = new Bench();
        files.forEach(file -> apply(file, document, bench));
        bench.begin("answers");
        List<Problem> problems = new ArrayList<>(answers.apply(document.root(), bench));
        Document.Written written = document.write();
        problems.addAll(arrival == null ? List.of() : arrival.validity().problems(document.root()));
        return new Result(
                text,
                written.text(),
                new Reporter(document, bench, arrival == null ? path -> true : arrival.validity()::knows)
                        .report(written),
                List.copyOf(problems),
                files.stream().map(Way.Stage::of).toList(),
                Preview.of(document));
    }

    private static void apply(RuleFile file, Document document, Bench bench) {
        bench.begin(file.title());
        file.rules().forEach(rule -> rule.apply(document.root(), bench));
    }
}
