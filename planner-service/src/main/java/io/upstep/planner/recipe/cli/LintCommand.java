package io.upstep.planner.recipe.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.planner.recipe.LintedDirectory;
import io.upstep.planner.recipe.Linter;
import io.upstep.planner.recipe.RecipeProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with platforms in the form in which compilers do, so that editors find the places. */
@Command(
        name = "lint",
        description = "Says what is wrong with platforms, or likely to be. Changes nothing.",
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {
    private static final int FINE = 0;
    private static final int WRONG = 1;

    /** How to say it. */
    enum Form {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "FORM",
            description = "text, one line each, or json; ${DEFAULT-VALUE} if not given.")
    private Form form;

    @Option(names = "--strict", description = "Count warnings as errors.")
    private boolean strict;

    @Option(
            names = "--announced",
            split = ",",
            paramLabel = "NAME",
            description = "Actions, checks and probes of executors and verifiers of your own.")
    private List<String> announced = List.of();

    @Parameters(
            arity = "1..*",
            paramLabel = "DIRECTORY",
            description = "A platform's folder, or a directory with several.")
    private List<Path> directories;

    @Override
    public Integer call() {
        Linter linter = Linter.create().with(announced);
        List<RecipeProblem> found = new ArrayList<>();
        for (Path path : directories) {
            LintedDirectory directory = read(path);
            linter.lint(directory.files())
                    .forEach(problem -> found.add(
                            problem.inFile(directory.path(problem.file()).toString())));
        }
        print(found);
        return found.stream().anyMatch(problem -> strict || problem.isError()) ? WRONG : FINE;
    }

    private LintedDirectory read(Path path) {
        try {
            return LintedDirectory.read(path);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(List<RecipeProblem> found) {
        PrintWriter out = spec.commandLine().getOut();
        if (form == Form.JSON) {
            out.println(json(found));
            return;
        }
        found.forEach(problem -> out.println(problem.asCompilersSayIt()));
        long errors = found.stream().filter(RecipeProblem::isError).count();
        out.println(counted(errors, "error") + ", " + counted(found.size() - errors, "warning"));
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    private static String json(List<RecipeProblem> found) {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(found);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is made of texts and numbers", e);
        }
    }
}
