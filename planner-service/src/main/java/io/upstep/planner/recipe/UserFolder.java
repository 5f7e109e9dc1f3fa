package io.upstep.planner.recipe;

import io.upstep.configuration.RuleFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A platform of somebody's own: what its files say now, and what is used.
 *
 * @param files as they were last found
 * @param used the platform of these files or, if something is wrong with them, of the last that were right
 * @param problems what is wrong with the files
 */
record UserFolder(List<RecipeFile> files, Optional<Platform> used, List<RecipeProblem> problems) {

    /** @param before what was there; null if nothing was */
    static UserFolder load(
            PlatformLoader loader, String name, List<RecipeFile> files, RuleFolder.Loaded rules, UserFolder before) {
        PlatformLoader.Attempt attempt = loader.attempt(
                name, files.stream().filter(file -> !file.isRule()).toList());
        List<RecipeProblem> problems = new ArrayList<>(attempt.problems());
        problems.addAll(ConfigurationRules.problems(rules, files));
        if (problems.isEmpty()) {
            return new UserFolder(
                    files,
                    attempt.platform()
                            .map(platform -> platform.with(rules.books().get(name))),
                    List.of());
        }
        return refused(files, problems, before);
    }

    static UserFolder refused(List<RecipeFile> files, List<RecipeProblem> problems, UserFolder before) {
        return new UserFolder(files, before == null ? Optional.empty() : before.used(), List.copyOf(problems));
    }
}
