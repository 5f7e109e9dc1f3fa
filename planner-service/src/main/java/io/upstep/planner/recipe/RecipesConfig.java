package io.upstep.planner.recipe;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where recipes come from, besides those that Upstep brings. */
@ConfigMapping(prefix = "upstep.planner")
public interface RecipesConfig {

    /** A directory with platforms of your own: one folder each, with its platform.yaml and its recipes. Read at start. */
    Optional<Path> recipesDir();
}
