package io.upstep.configuration.cli;

import io.upstep.configuration.BuiltInRules;
import io.upstep.configuration.RuleFolder;
import io.upstep.configuration.Rulebook;
import io.upstep.configuration.Way;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which platform's rules, and where they are. */
final class PlatformOption {

    @Option(
            names = {"-p", "--platform"},
            required = true,
            paramLabel = "NAME",
            description = "The platform, for example polyaxon.")
    private String platform;

    @Option(
            names = "--recipes",
            paramLabel = "DIR",
            defaultValue = "${env:UPSTEP_RECIPES}",
            description =
                    "A directory with recipes of your own, instead of those Upstep brings: DIR/NAME/configuration/*.yaml.")
    private Path recipes;

    Rulebook rulebook() {
        RuleFolder.Loaded loaded = loaded();
        loaded.problems().stream()
                .filter(problem -> problem.startsWith(platform + "/"))
                .findFirst()
                .ifPresent(problem -> {
                    throw new ToldException(ExitCode.NO_RULES, "These rules cannot be used. " + problem);
                });
        Rulebook book = loaded.books().get(platform);
        if (book == null || book.files().isEmpty()) {
            throw new ToldException(
                    ExitCode.NO_RULES,
                    "Expected a platform with rules for its configuration, one of "
                            + String.join(", ", loaded.books().keySet()) + "; came '" + platform + "'.");
        }
        return book;
    }

    static Way.Open open(Way way) {
        if (way instanceof Way.Closed closed) {
            throw new ToldException(ExitCode.NO_RULES, closed.reason() + " " + closed.remedy());
        }
        return (Way.Open) way;
    }

    private RuleFolder.Loaded loaded() {
        try {
            if (recipes != null) {
                return RuleFolder.read(recipes);
            }
            return BuiltInRules.read(PlatformOption.class.getClassLoader())
                    .orElseThrow(() -> new ToldException(
                            ExitCode.USAGE, "Expected --recipes with the directory of the recipes, came nothing."));
        } catch (UncheckedIOException e) {
            throw new ToldException(ExitCode.USAGE, e.getMessage() + ".");
        }
    }
}
