package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.upstep.configuration.RuleFolder;
import io.upstep.configuration.Rulebook;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Every platform there is. All recipes are loaded at the start; one that is wrong is never found out about later. */
@Startup(Interceptor.Priority.PLATFORM_BEFORE)
@ApplicationScoped
public class Catalogue {
    private static final RuleFolder.Loaded NO_RULES = new RuleFolder.Loaded(Map.of(), List.of());

    private final CompletableFuture<LoadedRecipes> loading;

    /** Compiling a hundred expressions takes a moment, in which the database can start. */
    @Inject
    public Catalogue(RecipesConfig config) {
        List<RecipeFile> users = config.recipesDir()
                .map(folder -> RecipeFolder.read(folder, RecipeFile.Origin.USER))
                .orElse(List.of());
        this.loading = CompletableFuture.supplyAsync(
                () -> LoadedRecipes.load(
                        BuiltInRecipes.load(),
                        users,
                        config.recipesDir().map(ConfigurationRules::of).orElse(NO_RULES)),
                Catalogue::start);
    }

    Catalogue(BuiltInRecipes builtIn, List<RecipeFile> users) {
        this(builtIn, users, NO_RULES);
    }

    Catalogue(BuiltInRecipes builtIn, List<RecipeFile> users, RuleFolder.Loaded usersRules) {
        this.loading = CompletableFuture.completedFuture(LoadedRecipes.load(builtIn, users, usersRules));
    }

    public List<PlatformInfo> platforms() {
        return loaded().platforms().values().stream().map(PlatformInfo::of).toList();
    }

    public Optional<PlatformInfo> platform(String name) {
        return find(name).map(PlatformInfo::of);
    }

    /** Whether and how one version leads to another, without looking at any installation; empty for an unknown platform. */
    public Optional<PathAnswer> path(String platform, String from, String to) {
        return find(platform).map(found -> PathAnswer.of(found, from, to));
    }

    /** How a platform's configuration is moved; empty if nobody has written that down, or there is no such platform. */
    public Optional<Rulebook> rulebook(String platform) {
        return find(platform).flatMap(Platform::rulebook);
    }

    /** What is wrong with a plan's parameters. An unknown platform has none to be wrong. */
    public List<ParameterProblem> parameterProblems(String platform, ObjectNode parameters) {
        return find(platform)
                .map(found -> found.parameters().problems(parameters))
                .orElse(List.of());
    }

    /** Users' recipes that were left out, and why. */
    public List<RecipeProblem> problems() {
        return List.copyOf(loaded().problems());
    }

    Optional<Platform> find(String name) {
        return Optional.ofNullable(loaded().platforms().get(name));
    }

    /** Late, so that everything else has started meanwhile; but nothing is ready before the recipes are. */
    void awaitRecipes(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        loaded();
    }

    private LoadedRecipes loaded() {
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** A thread of its own keeps the class loader that the application's libraries need. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "recipes");
        thread.setDaemon(true);
        thread.start();
    }
}
