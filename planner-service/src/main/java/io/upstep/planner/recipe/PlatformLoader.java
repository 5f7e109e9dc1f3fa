package io.upstep.planner.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Turns the files of one folder into a platform, or says everything that is wrong with them. */
final class PlatformLoader {
    private final RecipeSchema schema;

    PlatformLoader(RecipeSchema schema) {
        this.schema = schema;
    }

    /** @throws InvalidRecipeException with all problems of all files */
    Platform load(String folder, List<RecipeFile> files) {
        List<RecipeProblem> problems = new ArrayList<>();
        List<YamlDocument> documents = files.stream()
                .sorted(Comparator.comparing(RecipeFile::name))
                .flatMap(file -> wellFormed(file, problems).stream())
                .toList();
        stopOn(problems);
        YamlDocument platform = documents.stream()
                .filter(document -> document.file().isPlatform())
                .findFirst()
                .orElseThrow(() -> new InvalidRecipeException(RecipeProblem.of(
                        folder + "/platform.yaml",
                        "expected every folder of recipes to have this file, which is missing")));
        Platform compiled = new PlatformCompiler(platform, problems).compile(recipes(documents));
        stopOn(problems);
        return compiled;
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
        }
    }

    private static List<YamlDocument> recipes(List<YamlDocument> documents) {
        return documents.stream()
                .filter(document -> !document.file().isPlatform())
                .toList();
    }

    private static void stopOn(List<RecipeProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidRecipeException(problems);
        }
    }
}
