package io.upstep.planner.recipe;

import io.quarkus.runtime.util.ClassPathUtils;
import io.upstep.configuration.RuleFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads the rules that move configurations: those that Upstep brings, and users' own, which have the same form. */
final class ConfigurationRules {
    private static final String FORM = "recipes/configuration.schema.json";

    private ConfigurationRules() {}

    /** @throws InvalidRecipeException if one is broken */
    static RuleFolder.Loaded builtIn() {
        RuleFolder.Loaded loaded = atForm(RuleFolder::read);
        if (!loaded.problems().isEmpty()) {
            throw new InvalidRecipeException(
                    loaded.problems().stream().map(ConfigurationRules::problem).toList());
        }
        return loaded;
    }

    /** The reader of rules says in one sentence what is wrong and where. */
    static RecipeProblem problem(String sentence) {
        String file = sentence.split("[: ]", 2)[0];
        return RecipeProblem.of(
                file,
                new Fault(
                        FaultCode.INVALID_RULES,
                        "rules that can be used",
                        Refusals.oneLine(sentence.substring(file.length()).replaceFirst("^:? *", "")),
                        "correct them; docs/reference/configuration-rules.md says what they may be"));
    }

    static RuleFolder.Loaded of(Path users) {
        return atForm(form -> RuleFolder.read(users, form));
    }

    /** When it comes from a jar, the path is gone afterwards. */
    private static RuleFolder.Loaded atForm(Function<Path, RuleFolder.Loaded> read) {
        List<RuleFolder.Loaded> found = new ArrayList<>();
        try {
            ClassPathUtils.consumeAsPaths(
                    ConfigurationRules.class.getClassLoader(), FORM, path -> found.add(read.apply(path.getParent())));
        } catch (IOException e) {
            throw new UncheckedIOException("the rules for configurations cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("expected " + FORM + " on the class path: the recipes' jar is missing");
        }
        return found.get(0);
    }
}
