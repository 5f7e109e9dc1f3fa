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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Every platform there is. All recipes are loaded at the start; one that is wrong is never found out about later. */
@Startup(Interceptor.Priority.PLATFORM_BEFORE)
@ApplicationScoped
public class Catalogue {
    private final CompletableFuture<LoadedRecipes> loading;
    private final Optional<Path> directory;
    private final Duration interval;
    private volatile LoadedRecipes reloaded;

    /** Compiling a hundred expressions takes a moment, in which the database can start. */
    @Inject
    public Catalogue(RecipesConfig config) {
        this.directory = config.recipesDir();
        this.interval = config.recipesCheck();
        UserRecipes users = config.recipesDir().map(UserRecipes::read).orElseGet(UserRecipes::none);
        this.loading =
                CompletableFuture.supplyAsync(() -> LoadedRecipes.load(BuiltInRecipes.load(), users), Catalogue::start);
    }

    Catalogue(BuiltInRecipes builtIn, List<RecipeFile> users) {
        this(builtIn, users, new RuleFolder.Loaded(Map.of(), List.of()));
    }

    Catalogue(BuiltInRecipes builtIn, List<RecipeFile> users, RuleFolder.Loaded usersRules) {
        this.directory = Optional.empty();
        this.interval = Duration.ofSeconds(10);
        this.loading =
                CompletableFuture.completedFuture(LoadedRecipes.load(builtIn, UserRecipes.of(users, usersRules)));
    }

    /** Where users' platforms are looked for, and how often. */
    Optional<Path> directory() {
        return directory;
    }

    Duration interval() {
        return interval;
    }

    /** Goes over to what was found; whatever is broken in it stays as it was. Plans keep the steps they were given. */
    synchronized void use(UserRecipes found) {
        reloaded = loaded().with(found);
    }

    public List<PlatformInfo> platforms() {
        LoadedRecipes now = loaded();
        return now.platforms().values().stream()
                .map(platform -> PlatformInfo.of(platform, now.problems(platform.name())))
                .toList();
    }

    public Optional<PlatformInfo> platform(String name) {
        LoadedRecipes now = loaded();
        return Optional.ofNullable(now.platforms().get(name))
                .map(platform -> PlatformInfo.of(platform, now.problems(name)));
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

    /** What is wrong with platforms of somebody's own. */
    public List<RecipeProblem> problems() {
        return loaded().users().values().stream()
                .flatMap(folder -> folder.problems().stream())
                .toList();
    }

    /** The same of one platform, known or not. */
    public List<RecipeProblem> problems(String platform) {
        return loaded().problems(platform);
    }

    /** How many platforms of somebody's own are not used as their files are now. */
    long broken() {
        return loaded().users().values().stream()
                .filter(folder -> !folder.problems().isEmpty())
                .count();
    }

    Optional<Platform> find(String name) {
        return Optional.ofNullable(loaded().platforms().get(name));
    }

    /** Late, so that everything else has started meanwhile; but nothing is ready before the recipes are. */
    void awaitRecipes(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        loaded();
    }

    private LoadedRecipes loaded() {
        LoadedRecipes latest = reloaded;
        if (latest != null) {
            return latest;
        }
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
