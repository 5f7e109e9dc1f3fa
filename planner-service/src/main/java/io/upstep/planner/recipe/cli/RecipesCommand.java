package io.upstep.planner.recipe.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Everything about recipes that needs no planner; its parts do the work. */
@Command(
        name = "recipes",
        description = "Looks at platforms of your own before a planner does.",
        mixinStandardHelpOptions = true,
        subcommands = LintCommand.class,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  nothing keeps a planner from using them",
            "  1  something does",
            "  2  the command line was wrong"
        })
public final class RecipesCommand {

    public static void main(String[] arguments) {
        // Libraries log; whoever reads this output is waiting for something else.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        java.util.logging.LogManager.getLogManager().reset();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new RecipesCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }
}
