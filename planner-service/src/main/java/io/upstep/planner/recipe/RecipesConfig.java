package io.upstep.planner.recipe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where recipes come from, besides those that Upstep brings. */
@ConfigMapping(prefix = "upstep.planner")
public interface RecipesConfig {

    /** A directory with platforms of your own: one folder each, with its platform.yaml and its recipes. */
    Optional<Path> recipesDir();

    /** How often that directory is looked at for changes that the file system has not told of. */
    @WithDefault("10s")
    Duration recipesCheck();
}
