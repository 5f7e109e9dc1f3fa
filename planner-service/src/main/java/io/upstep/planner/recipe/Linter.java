package io.upstep.planner.recipe;

import io.upstep.configuration.RuleFolder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads platforms as the planner does, and says everything that is wrong with them, and what is likely to be. */
public final class Linter {
    private static final Comparator<RecipeProblem> AS_THEY_STAND = Comparator.comparing(RecipeProblem::file)
            .thenComparingInt(RecipeProblem::line)
            .thenComparingInt(RecipeProblem::column);

    private final PlatformLoader loader;
    private final Map<String, RecipeFile> builtIn;
    private final KnownWork known;

    private Linter(PlatformLoader loader, Map<String, RecipeFile> builtIn, KnownWork known) {
        this.loader = loader;
        this.builtIn = builtIn;
        this.known = known;
    }

    /** By the schemas and the reference of this Upstep. */
    public static Linter create() {
        BuiltInRecipes recipes = BuiltInRecipes.load();
        return new Linter(
                new PlatformLoader(recipes.schema()),
                recipes.files().stream().collect(Collectors.toMap(RecipeFile::name, file -> file)),
                KnownWork.documented());
    }

    /** The same where further actions, checks and probes are there, which nothing is known of but their names. */
    public Linter with(Collection<String> announced) {
        return new Linter(loader, builtIn, known.with(announced));
    }

    /** Everything there is to say, file by file from top to bottom; empty if all is well. */
    public List<RecipeProblem> lint(List<RecipeFile> files) {
        return lint(files, ConfigurationRules.of(files));
    }

    private List<RecipeProblem> lint(List<RecipeFile> files, RuleFolder.Loaded rules) {
        return files.stream()
                .collect(Collectors.groupingBy(RecipeFile::folder, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .flatMap(folder -> lint(folder.getKey(), folder.getValue(), rules).stream())
                .sorted(AS_THEY_STAND)
                .toList();
    }

    private List<RecipeProblem> lint(String folder, List<RecipeFile> all, RuleFolder.Loaded rules) {
        List<RecipeFile> files = all.stream().filter(file -> !file.isRule()).toList();
        PlatformLoader.Attempt attempt = loader.attempt(folder, files);
        List<RecipeProblem> problems = new ArrayList<>(attempt.problems());
        problems.addAll(ConfigurationRules.problems(rules, all));
        if (isTaken(folder, files)) {
            problems.add(LoadedRecipes.nameTaken(folder));
        }
        for (YamlDocument document : attempt.documents()) {
            Advice.all(known).forEach(advice -> advice.give(document, new Problems(document, problems)));
        }
        // A file that cannot be read may be the one that uses a name.
        if (attempt.documents().size() == files.size()) {
            UnusedNames.find(attempt.documents(), problems);
        }
        return problems;
    }

    /** The built-in recipes themselves can be looked at, too. */
    private boolean isTaken(String folder, List<RecipeFile> files) {
        RecipeFile taken = builtIn.get(folder + "/platform.yaml");
        return taken != null
                && files.stream()
                        .noneMatch(file -> file.isPlatform() && file.text().equals(taken.text()));
    }
}
