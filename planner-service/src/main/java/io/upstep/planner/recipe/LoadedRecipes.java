package io.upstep.planner.recipe;

import io.upstep.configuration.RuleFolder;
import io.upstep.configuration.Rulebook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * All recipes, loaded and checked.
 *
 * @param problems what is wrong with the users' recipes that were left out
 */
record LoadedRecipes(Map<String, Platform> platforms, List<RecipeProblem> problems) {
    private static final Logger LOG = Logger.getLogger(LoadedRecipes.class);

    /** @throws InvalidRecipeException if a built-in recipe is broken */
    static LoadedRecipes load(BuiltInRecipes builtIn, List<RecipeFile> users, RuleFolder.Loaded usersRules) {
        LoadedRecipes loaded = new LoadedRecipes(new TreeMap<>(), new ArrayList<>());
        PlatformLoader loader = new PlatformLoader(builtIn.schema());
        byFolder(builtIn.files()).forEach((folder, files) -> loaded.platforms.put(folder, loader.load(folder, files)));
        byFolder(users).forEach((folder, files) -> loaded.addUsers(loader, folder, files));
        builtIn.rules().books().forEach(loaded::addRules);
        usersRules.books().forEach(loaded::addUsersRules);
        usersRules.problems().forEach(problem -> loaded.problems.add(ConfigurationRules.problem(problem)));
        LOG.infof("%d platforms: %s", loaded.platforms.size(), String.join(", ", loaded.platforms.keySet()));
        loaded.problems.forEach(problem -> LOG.warnf("Recipe left out: %s", problem));
        return loaded;
    }

    private void addRules(String folder, Rulebook rules) {
        platforms.computeIfPresent(folder, (name, platform) -> platform.with(rules));
    }

    /** The rules of a folder are used with its platform.yaml or not at all. */
    private void addUsersRules(String folder, Rulebook rules) {
        Platform platform = platforms.get(folder);
        if (platform != null && platform.rulebook().isEmpty()) {
            platforms.put(folder, platform.with(rules));
        }
    }

    private void addUsers(PlatformLoader loader, String folder, List<RecipeFile> files) {
        if (platforms.containsKey(folder)) {
            problems.add(nameTaken(folder));
            return;
        }
        try {
            platforms.put(folder, loader.load(folder, files));
        } catch (InvalidRecipeException e) {
            problems.addAll(e.problems());
        }
    }

    static RecipeProblem nameTaken(String folder) {
        return RecipeProblem.of(
                folder + "/platform.yaml",
                new Fault(
                        FaultCode.NAME_TAKEN,
                        "a name that no built-in platform has",
                        "'" + folder + "'",
                        "rename the folder"));
    }

    private static Map<String, List<RecipeFile>> byFolder(List<RecipeFile> files) {
        return files.stream().collect(Collectors.groupingBy(RecipeFile::folder, TreeMap::new, Collectors.toList()));
    }
}
