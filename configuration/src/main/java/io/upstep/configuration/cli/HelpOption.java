package io.upstep.configuration.cli;

import picocli.CommandLine.Option;

/** How every command explains itself. */
final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;
}
