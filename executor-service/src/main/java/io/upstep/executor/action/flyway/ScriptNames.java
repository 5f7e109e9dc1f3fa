package io.upstep.executor.action.flyway;

import io.upstep.executor.action.ActionException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** What migrations may be called. Flyway passes over what it does not understand, and a migration would be missing. */
final class ScriptNames {
    private static final Pattern FORM = Pattern.compile("(V\\d+([._]\\d+)*|R)__[A-Za-z0-9_. -]+\\.sql");

    private ScriptNames() {}

    static void require(Collection<String> names, String where) {
        List<String> wrong = names.stream()
                .filter(name -> name.endsWith(".sql"))
                .filter(name -> !FORM.matcher(name).matches())
                .toList();
        if (!wrong.isEmpty()) {
            throw ActionException.permanent(
                    "invalid-script-name",
                    "expected names such as V1_2__what_it_does.sql or R__what_it_does.sql in " + where + ", came "
                            + wrong);
        }
        if (names.stream().noneMatch(name -> FORM.matcher(name).matches())) {
            throw ActionException.permanent(
                    "no-scripts", "expected migrations such as V1__what_it_does.sql in " + where + ", came " + names);
        }
    }
}
