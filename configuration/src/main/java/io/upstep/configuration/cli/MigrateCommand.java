package io.upstep.configuration.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.Migration;
import io.upstep.configuration.Result;
import io.upstep.configuration.Way;
import io.upstep.configuration.document.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a configuration file anew for another version, and says what became of every value. */
@Command(
        name = "migrate",
        description = "Writes a configuration file anew for another version, and says what became of every value.",
        footer = "%nWith -o the new file goes there and the report to the output;"
                + " without it the new file goes to the output and the report to the error output.")
public final class MigrateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private PlatformOption platform;

    @Option(names = "--from", required = true, paramLabel = "VERSION", description = "The version the file is for.")
    private String from;

    @Option(names = "--to", required = true, paramLabel = "VERSION", description = "The version it is to be for.")
    private String to;

    @Option(
            names = "--document",
            defaultValue = "values",
            paramLabel = "KIND",
            description = "Which kind of file it is; ${DEFAULT-VALUE} if not given.")
    private String document;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where the new file goes. It must not be there yet.")
    private Path output;

    @Option(
            names = "--report",
            defaultValue = "TEXT",
            paramLabel = "text|json",
            description = "How the report is written; text if not given.")
    private ReportForm form;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description =
                    "A YAML map of dotted paths to values that go into the new file whatever the rules made of it;"
                            + " null takes out. A file, because other people see command lines.")
    private Path answers;

    @Option(names = "--diff", description = "Show the change as a diff, too, with secrets hidden.")
    private boolean diff;

    @Parameters(paramLabel = "FILE", description = "The configuration file; - for the input.")
    private Path file;

    @Override
    public Integer call() {
        Way.Open way = PlatformOption.open(platform.rulebook().way(document, from, to));
        Migration migration = answers == null ? way.migration() : answered(way.migration());
        Result result = InputFile.with(file, migration::run);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter report = output == null ? spec.commandLine().getErr() : out;
        if (output == null) {
            out.print(result.config());
            out.flush();
        } else {
            write(result.config());
        }
        report.println(form.write(result));
        if (diff) {
            report.println(result.diff());
        }
        return result.problems().isEmpty() ? ExitCode.DONE : ExitCode.SOMETHING_LEFT;
    }

    private Migration answered(Migration migration) {
        JsonNode given = InputFile.with(answers, text -> Document.read(text).json());
        Map<String, JsonNode> byPath = new LinkedHashMap<>();
        given.properties().forEach(entry -> byPath.put(entry.getKey(), entry.getValue()));
        try {
            return migration.withAnswers(byPath);
        } catch (IllegalArgumentException e) {
            throw new ToldException(ExitCode.UNREADABLE, answers + ": " + e.getMessage() + ".");
        }
    }

    /** Nobody else may read it: configuration files hold secrets. Nothing is overwritten, so the old file stays. */
    private void write(String config) {
        try {
            FileAttribute<?>[] mine = output.toAbsolutePath()
                            .getFileSystem()
                            .supportedFileAttributeViews()
                            .contains("posix")
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                    }
                    : new FileAttribute<?>[0];
            Files.createFile(output, mine);
            Files.writeString(output, config, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new ToldException(
                    ExitCode.UNREADABLE,
                    "Expected a file that is not there yet and can be written, came '" + output + "' ("
                            + e.getClass().getSimpleName() + ").");
        }
    }
}
