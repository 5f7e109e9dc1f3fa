package io.upstep.configuration.check;

import io.upstep.configuration.document.Leaf;
import io.upstep.configuration.document.Mapping;
import io.upstep.configuration.document.Placed;
import io.upstep.configuration.document.Secrecy;
import io.upstep.configuration.report.Problem;

/** Problems in whose words a validator may have quoted a secret value. */
final class Scrubbed {
    private static final int SHORT = 3;

    private Scrubbed() {}

    static Problem of(Problem problem, Mapping root) {
        String say = problem.say();
        for (Placed placed : Placed.leaves(root)) {
            if (placed.tree() instanceof Leaf leaf
                    && leaf.isSecret()
                    && leaf.text().length() > SHORT) {
                say = say.replace(leaf.text(), Secrecy.HIDDEN);
            }
        }
        return say.equals(problem.say())
                ? problem
                : new Problem(
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
