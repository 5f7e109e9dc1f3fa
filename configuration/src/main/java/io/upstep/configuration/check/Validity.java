package io.upstep.configuration.check;

import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Path;
import io.upstep.configuration.document.Placed;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Problem;
import io.upstep.configuration.report.Problem.Code;
import io.upstep.configuration.report.Problem.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a version takes: its keys, its schema, its sentences.
 *
 * @param known null if its keys are not told
 * @param unknown how bad a key is that it does not know
 */
public record Validity(KnownKeys known, Level unknown, SchemaCheck schema, List<Requirement> requirements) {

    /** Everything this version would not take. */
    public List<Problem> problems(Mapping root) {
        List<Problem> problems = new ArrayList<>(unknownKeys(root));
        requirements.forEach(requirement -> problems.addAll(requirement.problems(root)));
        if (schema != null) {
            problems.addAll(Scrubbed.of(schema.problems(root), root));
        }
        return problems.stream().distinct().toList();
    }

    public boolean knows(Path path) {
        return known == null || known.firstUnknown(path) == 0;
    }

    private List<Problem> unknownKeys(Mapping root) {
        Map<String, Problem> found = new LinkedHashMap<>();
        for (Placed leaf : known == null ? List.<Placed>of() : Placed.leaves(root)) {
            int length = known.firstUnknown(leaf.path());
            if (length > 0) {
                Path key = new Path(leaf.path().segments().subList(0, length));
                found.computeIfAbsent(key.toString(), path -> unknownKey(path, leaf.tree()));
            }
        }
        return List.copyOf(found.values());
    }

    private Problem unknownKey(String path, Tree leaf) {
        return new Problem(
                Code.UNKNOWN_KEY,
                unknown,
                path,
                null,
                leaf.line(),
                "Expected a key of the target version, came '" + path + "', which it does not know. It was kept.",
                "Remove it, unless you know what reads it.",
                null);
    }
}
