package io.upstep.configuration.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Kind;
import io.upstep.configuration.report.Problem;
import io.upstep.configuration.report.Where;
import java.util.List;
import java.util.Map;

/** What the person who migrates wants in the new document, whatever the rules made of it. */
public record Answers(Map<String, JsonNode> values) {
    private static final Words WORDS = new Words("Given as an answer.", null, null, false);
    private static final Words GONE = new Words("Taken out by an answer.", null, Where.NOWHERE, false);

    /** @throws IllegalArgumentException if a place is none */
    public Answers {
        values.keySet().stream()
                .filter(path -> Pattern.of(path).hasWildcard())
                .findFirst()
                .ifPresent(path -> {
                    throw new IllegalArgumentException(
                            "expected an answer's place without wildcards, came '" + path + "'");
                });
    }

    /** @return the problems that are left */
    public List<Problem> apply(Tree root, Bench bench) {
        values.forEach((path, value) -> apply(Pattern.of(path), value, root, bench));
        List<Problem> problems = List.copyOf(bench.problems());
        problems.stream()
                .filter(problem -> values.containsKey(problem.other()))
                .forEach(problem -> new Remove(Pattern.of(problem.path())).apply(root, bench, GONE));
        return problems.stream().filter(problem -> !isSettled(problem)).toList();
    }

    private boolean isSettled(Problem problem) {
        return values.containsKey(problem.path()) || values.containsKey(problem.other());
    }

    private static void apply(Pattern where, JsonNode value, Tree root, Bench bench) {
        if (value.isNull()) {
            new Remove(where).apply(root, bench, GONE);
        } else {
            new Put(where, value, Kind.ANSWERED, true).apply(root, bench, WORDS);
        }
    }
}
