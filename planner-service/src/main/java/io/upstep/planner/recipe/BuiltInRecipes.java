package io.upstep.planner.recipe;

import io.quarkus.runtime.util.ClassPathUtils;
import io.upstep.configuration.RuleFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The recipes and schemas that Upstep brings, wherever the class loader keeps them: a directory or a jar.
 *
 * @param reader reads the rules that move configurations, which takes about as long as all the rest
 */
record BuiltInRecipes(List<RecipeFile> files, RecipeSchema schema, Supplier<RuleFolder.Loaded> reader) {
    private static final String ANCHOR = "recipes/recipe.schema.json";

    static BuiltInRecipes load() {
        List<BuiltInRecipes> found = new ArrayList<>();
        try {
            ClassPathUtils.consumeAsPaths(
                    BuiltInRecipes.class.getClassLoader(), ANCHOR, path -> found.add(read(path.getParent())));
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in recipes cannot be read", e);
        }
        if (found.isEmpty()) {
            throw new IllegalStateException("expected " + ANCHOR + " on the class path: the recipes' jar is missing");
        }
        return found.get(0);
    }

    /** @throws InvalidRecipeException if one is broken */
    RuleFolder.Loaded rules() {
        return reader.get();
    }

    /** Everything is read here: when it comes from a jar, the path is gone afterwards. */
    private static BuiltInRecipes read(Path root) {
        try {
            return new BuiltInRecipes(
                    RecipeFolder.read(root, RecipeFile.Origin.BUILT_IN),
                    new RecipeSchema(
                            Files.readString(root.resolve("platform.schema.json")),
                            Files.readString(root.resolve("recipe.schema.json"))),
                    ConfigurationRules::builtIn);
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in recipes cannot be read", e);
        }
    }
}
