package io.upstep.configuration.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** Everything about configuration files; its parts do the work. */
@Command(
        name = "config",
        description = "Moves configuration files from one version of a platform to another, and checks them.",
        subcommands = {MigrateCommand.class, CheckCommand.class, ScanCommand.class},
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done; nothing is left to see to",
            "  1  done, but something is left: problems in the document, or findings in your files",
            "  2  the command line was wrong",
            "  3  no rules lead from the one version to the other",
            "  4  the document cannot be read, or the result cannot be written",
            "  5  a defect of Upstep, or of its rules; nothing was written"
        })
public final class ConfigCommand {

    @Mixin
    private HelpOption help;

    public static void main(String[] arguments) {
        // The schema library logs; there is nobody to read it here.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(commandLine().execute(arguments));
    }

    /** The command, its errors told as sentences. */
    public static CommandLine commandLine() {
        return told(new CommandLine(new ConfigCommand()));
    }

    /** Makes a command tell its failures as sentences; for whoever includes these commands in a larger one. */
    public static CommandLine told(CommandLine commandLine) {
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                // Not 1, which scripts take for a document that was written and has problems.
                .setExitCodeExceptionMapper(
                        failure -> failure instanceof ParameterException ? ExitCode.USAGE : ExitCode.DEFECT)
                .setExecutionExceptionHandler((failure, line, result) -> {
                    if (failure instanceof ToldException told) {
                        line.getErr().println(told.getMessage());
                        return told.code();
                    }
                    throw failure;
                });
    }
}
