package io.upstep.configuration.check;

import io.upstep.configuration.document.Leaf;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Placed;
import io.upstep.configuration.document.Secrecy;
import io.upstep.configuration.document.Tree;
import io.upstep.configuration.report.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Problems in whose words a validator may have quoted a secret value. */
final class Scrubbed {
    private static final int SHORT = 3;

    private Scrubbed() {}

    static List<Problem> of(List<Problem> problems, Mapping root) {
        Set<String> secrets = Placed.leaves(root).stream()
                .map(Placed::tree)
                .filter(Tree::isSecret)
                .filter(Leaf.class::isInstance)
                .map(leaf -> ((Leaf) leaf).text())
                .filter(text -> text.length() > SHORT)
                .collect(Collectors.toSet());
        return problems.stream()
                .map(problem -> with(problem, scrubbed(problem.say(), secrets)))
                .toList();
    }

    private static String scrubbed(String say, Set<String> secrets) {
        String scrubbed = say;
        for (String secret : secrets) {
            scrubbed = scrubbed.replace(secret, Secrecy.HIDDEN);
        }
        return scrubbed;
    }

    private static Problem with(Problem problem, String say) {
        return new Problem(
                problem.code(),
                problem.level(),
                problem.path(),
                problem.other(),
                problem.line(),
                say,
                problem.remedy(),
                problem.source());
    }
}
