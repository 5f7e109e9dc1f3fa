package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Every platform there is. All recipes are loaded at the start; one that is wrong is never found out about later. */
@Startup
@ApplicationScoped
public class Catalogue {
    private static final Logger LOG = Logger.getLogger(Catalogue.class);

    private final Map<String, Platform> platforms = new TreeMap<>();
    private final List<RecipeProblem> problems = new ArrayList<>();

    @Inject
    public Catalogue(RecipesConfig config) {
        this(
                BuiltInRecipes.load(),
                config.recipesDir()
                        .map(folder -> RecipeFolder.read(folder, RecipeFile.Origin.USER))
                        .orElse(List.of()));
    }

    Catalogue(BuiltInRecipes builtIn, List<RecipeFile> users) {
        PlatformLoader loader = new PlatformLoader(builtIn.schema());
        byFolder(builtIn.files()).forEach((folder, files) -> platforms.put(folder, loader.load(folder, files)));
        byFolder(users).forEach((folder, files) -> addUsers(loader, folder, files));
        LOG.infof("%d platforms: %s", platforms.size(), String.join(", ", platforms.keySet()));
        problems.forEach(problem -> LOG.warnf("Recipe left out: %s", problem));
    }

    public List<PlatformInfo> platforms() {
        return platforms.values().stream().map(PlatformInfo::of).toList();
    }

    public Optional<PlatformInfo> platform(String name) {
        return find(name).map(PlatformInfo::of);
    }

    /** Whether and how one version leads to another, without looking at any installation; empty for an unknown platform. */
    public Optional<PathAnswer> path(String platform, String from, String to) {
        return find(platform).map(found -> PathAnswer.of(found, from, to));
    }

    /** What is wrong with a plan's parameters. An unknown platform has none to be wrong. */
    public List<ParameterProblem> parameterProblems(String platform, ObjectNode parameters) {
        return find(platform)
                .map(found -> found.parameters().problems(parameters))
                .orElse(List.of());
    }

    /** Users' recipes that were left out, and why. */
    public List<RecipeProblem> problems() {
        return List.copyOf(problems);
    }

    Optional<Platform> find(String name) {
        return Optional.ofNullable(platforms.get(name));
    }

    private void addUsers(PlatformLoader loader, String folder, List<RecipeFile> files) {
        if (platforms.containsKey(folder)) {
            problems.add(RecipeProblem.of(
                    folder + "/platform.yaml",
                    "expected a name that no built-in platform has, came '" + folder + "': rename the folder"));
            return;
        }
        try {
            platforms.put(folder, loader.load(folder, files));
        } catch (InvalidRecipeException e) {
            problems.addAll(e.problems());
        }
    }

    private static Map<String, List<RecipeFile>> byFolder(List<RecipeFile> files) {
        return files.stream().collect(Collectors.groupingBy(RecipeFile::folder, TreeMap::new, Collectors.toList()));
    }
}
