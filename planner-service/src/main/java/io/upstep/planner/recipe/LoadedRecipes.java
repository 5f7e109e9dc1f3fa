package io.upstep.planner.recipe;

import io.upstep.configuration.RuleFolder;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * All recipes, loaded and checked.
 *
 * @param builtIn those that Upstep brings; they never change
 * @param users those of somebody's own, by folder
 * @param platforms all that can be used
 */
record LoadedRecipes(
        PlatformLoader loader,
        Map<String, Platform> builtIn,
        Map<String, UserFolder> users,
        Map<String, Platform> platforms) {
    private static final Logger LOG = Logger.getLogger(LoadedRecipes.class);

    /** @throws InvalidRecipeException if a built-in recipe is broken */
    static LoadedRecipes load(BuiltInRecipes recipes, UserRecipes users) {
        PlatformLoader loader = new PlatformLoader(recipes.schema());
        Map<String, Platform> builtIn = BuiltInPlatforms.load(loader, recipes);
        LoadedRecipes loaded = of(loader, builtIn, Map.of()).with(users);
        LOG.infof("%d platforms: %s", loaded.platforms.size(), String.join(", ", loaded.platforms.keySet()));
        return loaded;
    }

    /** What has changed is loaded anew; a platform that is broken now stays as it was. */
    LoadedRecipes with(UserRecipes found) {
        if (found.folders().equals(files())) {
            return this;
        }
        RuleFolder.Loaded rules = found.rules().get();
        Map<String, UserFolder> now = new TreeMap<>();
        found.folders().forEach((folder, files) -> now.put(folder, folder(folder, files, rules)));
        users.keySet().stream()
                .filter(folder -> !now.containsKey(folder))
                .forEach(folder -> LOG.infof("Recipes of '%s' are not there any more", folder));
        return of(loader, builtIn, now);
    }

    /** What is wrong with the files of a folder; empty if nothing is, or there is none. */
    List<RecipeProblem> problems(String folder) {
        return users.containsKey(folder) ? users.get(folder).problems() : List.of();
    }

    private UserFolder folder(String folder, List<RecipeFile> files, RuleFolder.Loaded rules) {
        UserFolder before = users.get(folder);
        if (before != null && before.files().equals(files)) {
            return before;
        }
        UserFolder now = builtIn.containsKey(folder)
                ? UserFolder.refused(files, List.of(nameTaken(folder)), null)
                : UserFolder.load(loader, folder, files, rules, before);
        tell(folder, now);
        return now;
    }

    private static void tell(String folder, UserFolder now) {
        if (now.problems().isEmpty()) {
            LOG.infof("Recipes of '%s' loaded: %d files", folder, now.files().size());
            return;
        }
        String use = now.used().isPresent() ? "the last good version stays in use" : "the platform is left out";
        now.problems().forEach(problem -> LOG.warnf("Recipes of '%s' are broken, %s: %s", folder, use, problem));
    }

    private Map<String, List<RecipeFile>> files() {
        return users.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .files()));
    }

    private static LoadedRecipes of(
            PlatformLoader loader, Map<String, Platform> builtIn, Map<String, UserFolder> users) {
        Map<String, Platform> all = new TreeMap<>(builtIn);
        users.forEach((folder, user) -> user.used().ifPresent(platform -> all.put(folder, platform)));
        return new LoadedRecipes(loader, builtIn, users, Collections.unmodifiableMap(all));
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
}
