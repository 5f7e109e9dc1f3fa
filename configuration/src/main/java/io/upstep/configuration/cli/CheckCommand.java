package io.upstep.configuration.cli;

import io.upstep.configuration.Result;
import io.upstep.configuration.Way;
import io.upstep.configuration.report.Problem;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a version would refuse in a configuration file. */
@Command(name = "check", description = "Says what a version would refuse in a configuration file. Changes nothing.")
public final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private PlatformOption platform;

    @Option(names = "--version", required = true, paramLabel = "VERSION", description = "The version the file is for.")
    private String version;

    @Option(
            names = "--document",
            defaultValue = "values",
            paramLabel = "KIND",
            description = "Which kind of file it is; ${DEFAULT-VALUE} if not given.")
    private String document;

    @Parameters(paramLabel = "FILE", description = "The configuration file; - for the input.")
    private Path file;

    @Override
    public Integer call() {
        Way.Open way = PlatformOption.open(platform.rulebook().arrival(document, version));
        if (way.arrival() == null) {
            throw new ToldException(
                    ExitCode.NO_RULES,
                    "No rules say what version " + version + " takes; expected some that lead to it.");
        }
        Result result = InputFile.with(file, way.migration()::run);
        result.problems().stream().map(Problem::text).forEach(spec.commandLine().getOut()::println);
        if (result.problems().isEmpty()) {
            spec.commandLine()
                    .getOut()
                    .println("valid for " + version + ", by \"" + way.arrival().title() + "\"");
        }
        return result.problems().isEmpty() ? ExitCode.DONE : ExitCode.SOMETHING_LEFT;
    }
}
