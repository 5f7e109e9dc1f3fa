package io.upstep.configuration.check;

import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Problem;
import io.upstep.configuration.rule.Condition;
import io.upstep.configuration.rule.Pattern;
import java.util.List;

/**
 * A sentence of the target version's rules: where one thing holds, another must.
 *
 * @param each the parts it is judged for; null for the document
 * @param at the key it is about, or null
 */
record Requirement(
        Pattern each,
        Condition when,
        Condition must,
        Pattern at,
        String otherwise,
        String remedy,
        Problem.Level level,
        String source) {

    List<Problem> problems(Tree root) {
        List<Tree> parts = each == null
                ? List.of(root)
                : each.find(root).stream().map(Pattern.Match::tree).toList();
        return parts.stream()
                .filter(part -> when.holds(part) && !must.holds(part))
                .map(this::problem)
                .toList();
    }

    private Problem problem(Tree part) {
        Tree about = at == null
                ? part
                : at.find(part).stream().map(Pattern.Match::tree).findFirst().orElse(part);
        String path = about == part && at != null && part.path().isRoot()
                ? at.text()
                : about.path().toString();
        return new Problem(Problem.Code.INVALID, level, path, null, about.line(), otherwise, remedy, source);
    }
}
