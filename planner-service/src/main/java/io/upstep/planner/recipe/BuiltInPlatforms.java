package io.upstep.planner.recipe;

import io.upstep.configuration.RuleFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

/** Compiles the platforms that Upstep brings, several at once: nothing is ready before they are. */
final class BuiltInPlatforms {
    private BuiltInPlatforms() {}

    /** @throws InvalidRecipeException if one is broken */
    static Map<String, Platform> load(PlatformLoader loader, BuiltInRecipes recipes) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), threadsLikeThis());
        try {
            CompletableFuture<RuleFolder.Loaded> rules = CompletableFuture.supplyAsync(recipes::rules, threads);
            List<CompletableFuture<Platform>> loading = new ArrayList<>();
            largestFirst(recipes.files())
                    .forEach((folder, files) ->
                            loading.add(CompletableFuture.supplyAsync(() -> loader.load(folder, files), threads)));
            Map<String, Platform> platforms = new TreeMap<>();
            loading.forEach(one -> platforms.put(one.join().name(), one.join()));
            rules.join()
                    .books()
                    .forEach((folder, book) ->
                            platforms.computeIfPresent(folder, (name, platform) -> platform.with(book)));
            return platforms;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            threads.shutdown();
        }
    }

    /** Whoever begins with the largest is not left alone with it in the end. */
    private static Map<String, List<RecipeFile>> largestFirst(List<RecipeFile> files) {
        Map<String, List<RecipeFile>> folders =
                files.stream().collect(Collectors.groupingBy(RecipeFile::folder, TreeMap::new, Collectors.toList()));
        Map<String, List<RecipeFile>> sorted = new java.util.LinkedHashMap<>();
        folders.entrySet().stream()
                .sorted(java.util.Comparator.comparingInt(folder -> -size(folder.getValue())))
                .forEach(folder -> sorted.put(folder.getKey(), folder.getValue()));
        return sorted;
    }

    private static int size(List<RecipeFile> files) {
        return files.stream().mapToInt(file -> file.text().length()).sum();
    }

    /** They keep the class loader that the application's libraries need. */
    private static ThreadFactory threadsLikeThis() {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return work -> {
            Thread thread = new Thread(work, "recipes-compiler");
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        };
    }
}
