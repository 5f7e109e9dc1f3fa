package io.upstep.planner.recipe;

import io.upstep.configuration.RuleFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The platforms of somebody's own, as they were found.
 *
 * @param folders the files of each, those of rules too
 * @param rules reads the rules; asked only when something has changed
 */
record UserRecipes(Map<String, List<RecipeFile>> folders, Supplier<RuleFolder.Loaded> rules) {
    private static final RuleFolder.Loaded NO_RULES = new RuleFolder.Loaded(Map.of(), List.of());

    static UserRecipes none() {
        return of(List.of(), NO_RULES);
    }

    static UserRecipes of(List<RecipeFile> files, RuleFolder.Loaded rules) {
        return new UserRecipes(byFolder(files), () -> rules);
    }

    /** @throws RuntimeException if the directory cannot be read */
    static UserRecipes read(Path root) {
        List<RecipeFile> files = RecipeFolder.all(root, RecipeFile.Origin.USER);
        return new UserRecipes(byFolder(files), () -> ConfigurationRules.of(files));
    }

    private static Map<String, List<RecipeFile>> byFolder(List<RecipeFile> files) {
        return files.stream().collect(Collectors.groupingBy(RecipeFile::folder, TreeMap::new, Collectors.toList()));
    }
}
