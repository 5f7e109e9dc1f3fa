package io.upstep.planner.recipe;

import io.quarkus.runtime.util.ClassPathUtils;
import io.upstep.configuration.RuleFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the rules that move configurations: those that Upstep brings, and users' own, which have the same form. */
final class ConfigurationRules {
    private static final String FORM = "recipes/configuration.schema.json";

    /** How the reader of rules says what is wrong and where. */
    private static final Pattern SENTENCE = Pattern.compile("(?s)(?<file>[^\\s:]+)(?: (/[^\\s:]*)?)?:? (.*)");

    private ConfigurationRules() {}

    /** @throws InvalidRecipeException if one is broken */
    static RuleFolder.Loaded builtIn() {
        RuleFolder.Loaded loaded = atForm(RuleFolder::read);
        if (!loaded.problems().isEmpty()) {
            throw new InvalidRecipeException(loaded.problems().stream()
                    .map(sentence -> RecipeProblem.of(
                            "configuration rules",
                            new Fault(FaultCode.INVALID_RULES, "rules that can be used", sentence, "correct them")))
                    .toList());
        }
        return loaded;
    }

    /** What is wrong with those of these files that are rules. */
    static List<RecipeProblem> problems(RuleFolder.Loaded rules, List<RecipeFile> files) {
        return rules.problems().stream()
                .map(SENTENCE::matcher)
                .filter(Matcher::matches)
                .flatMap(sentence -> files.stream()
                        .filter(file -> file.name().equals(sentence.group("file")))
                        .map(file -> problem(file, sentence)))
                .toList();
    }

    private static RecipeProblem problem(RecipeFile file, MatchResult sentence) {
        String pointer = sentence.group(2) == null ? "" : sentence.group(2);
        return RecipeProblem.of(
                file.name(),
                pointer.isEmpty() ? Place.WHOLE_FILE : new YamlLines(file.text()).of(pointer),
                pointer,
                new Fault(
                        FaultCode.INVALID_RULES,
                        "rules that can be used",
                        Refusals.oneLine(sentence.group(3)),
                        "correct them; docs/reference/configuration-rules.md says what they may be"));
    }

    static RuleFolder.Loaded of(List<RecipeFile> users) {
        return RuleFolder.of(users.stream()
                .filter(RecipeFile::isRule)
                .collect(Collectors.toMap(RecipeFile::name, RecipeFile::text, (first, second) -> first)));
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
