package io.upstep.planner.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns the files of one folder into a platform, or says everything that is wrong with them. */
final class PlatformLoader {
    private static final Logger LOG = Logger.getLogger(PlatformLoader.class);

    private final RecipeSchema schema;

    PlatformLoader(RecipeSchema schema) {
        this.schema = schema;
    }

    /** @throws InvalidRecipeException with all problems of all files */
    Platform load(String folder, List<RecipeFile> files) {
        Attempt attempt = attempt(folder, files);
        if (!attempt.problems().isEmpty()) {
            throw new InvalidRecipeException(attempt.problems());
        }
        return attempt.platform().orElseThrow();
    }

    /** Goes as far as it can: one file that is no YAML does not hide what is wrong with the others. */
    Attempt attempt(String folder, List<RecipeFile> files) {
        List<RecipeProblem> problems = new ArrayList<>();
        List<YamlDocument> documents = files.stream()
                .sorted(Comparator.comparing(RecipeFile::name))
                .flatMap(file -> wellFormed(file, problems).stream())
                .toList();
        if (files.stream().noneMatch(RecipeFile::isPlatform)) {
            problems.add(RecipeProblem.of(
                    folder + "/platform.yaml",
                    new Fault(
                            FaultCode.PLATFORM_FILE_MISSING,
                            "every folder of recipes to have this file",
                            "none",
                            "write one; docs/guide/your-own-platform.md begins with it")));
        }
        Optional<Platform> platform = documents.stream()
                .filter(document -> document.file().isPlatform())
                .findFirst()
                .flatMap(document -> compiled(document, documents, problems));
        return new Attempt(platform, documents, List.copyOf(problems));
    }

    private static Optional<Platform> compiled(
            YamlDocument platform, List<YamlDocument> documents, List<RecipeProblem> problems) {
        try {
            return Optional.of(new PlatformCompiler(platform, problems)
                    .compile(documents.stream()
                            .filter(document -> !document.file().isPlatform())
                            .toList()));
        } catch (InvalidRecipeException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        } catch (RuntimeException | StackOverflowError e) {
            problems.add(notUnderstood(platform.file(), e));
            return Optional.empty();
        }
    }

    private List<YamlDocument> wellFormed(RecipeFile file, List<RecipeProblem> problems) {
        try {
            YamlDocument document = YamlDocument.read(file);
            List<RecipeProblem> found = schema.problems(document);
            problems.addAll(found);
            return found.isEmpty() ? List.of(document) : List.of();
        } catch (InvalidRecipeException e) {
            problems.addAll(e.problems());
            return List.of();
        } catch (RuntimeException | StackOverflowError e) {
            problems.add(notUnderstood(file, e));
            return List.of();
        }
    }

    /** Whatever somebody writes, neither the start nor other platforms may suffer from it. */
    private static RecipeProblem notUnderstood(RecipeFile file, Throwable e) {
        LOG.debugf(e, "Not understood: '%s'", file.name());
        return RecipeProblem.of(
                file.name(),
                new Fault(
                        FaultCode.UNREADABLE,
                        "what can be read as a platform or a recipe",
                        e instanceof StackOverflowError ? "what is nested or strung together too deeply" : e.toString(),
                        "make long or deep values shorter, and numbers smaller; if there are none, report this"));
    }

    /**
     * What became of a folder.
     *
     * @param platform only to be used if there are no problems
     * @param documents the files that have the right form
     */
    record Attempt(Optional<Platform> platform, List<YamlDocument> documents, List<RecipeProblem> problems) {}
}
