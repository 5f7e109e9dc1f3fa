package io.upstep.configuration.cli;

import io.upstep.configuration.Rulebook;
import io.upstep.configuration.Way;
import io.upstep.configuration.scan.Errand;
import io.upstep.configuration.scan.Finding;
import io.upstep.configuration.scan.Scanner;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds in a person's own scripts and files what has to change with the platform's version. */
@Command(
        name = "scan",
        description =
                "Finds in your scripts and files what has to change with the platform's version. Changes nothing.")
public final class ScanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private PlatformOption platform;

    @Option(names = "--from", required = true, paramLabel = "VERSION", description = "The version that runs.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "The version that is to run.")
    private String to;

    @Option(names = "--report", defaultValue = "TEXT", paramLabel = "text|json", description = "text if not given.")
    private ReportForm form;

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Directories, or files.")
    private List<Path> directories;

    @Override
    public Integer call() {
        Scanner.Scanned scanned = scan(errands(platform.rulebook()));
        PrintWriter out = spec.commandLine().getOut();
        if (form == ReportForm.JSON) {
            out.println(ReportForm.json(scanned));
        } else {
            scanned.findings().stream().map(Finding::text).forEach(out::println);
            scanned.skipped().forEach(line -> spec.commandLine().getErr().println("passed over: " + line));
            out.println(scanned.findings().size() + " findings in " + scanned.files() + " files");
        }
        return scanned.findings().isEmpty() ? ExitCode.DONE : ExitCode.SOMETHING_LEFT;
    }

    /** No findings because no rules were found would be a false comfort. */
    private List<Errand> errands(Rulebook book) {
        List<Way> ways = book.documents().stream()
                .map(document -> book.way(document, from, to))
                .toList();
        if (ways.stream().noneMatch(Way.Open.class::isInstance)) {
            PlatformOption.open(ways.get(0));
        }
        return book.checklist(from, to);
    }

    private Scanner.Scanned scan(List<Errand> errands) {
        try {
            return Scanner.scan(errands, directories);
        } catch (IOException e) {
            throw new ToldException(
                    ExitCode.UNREADABLE, "Expected a directory that can be read, came " + e.getMessage() + ".");
        }
    }
}
