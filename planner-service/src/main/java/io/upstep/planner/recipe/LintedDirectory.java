package io.upstep.planner.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A platform's folder, or a directory with several, to be looked at where somebody writes them. */
public record LintedDirectory(Path directory, boolean single, List<RecipeFile> files) {
    private static final String PLATFORM_FILE = "platform.yaml";

    /** @throws IllegalArgumentException if there is nothing to look at */
    public static LintedDirectory read(Path directory) {
        boolean single = Files.isRegularFile(directory.resolve(PLATFORM_FILE));
        List<RecipeFile> files = !Files.isDirectory(directory)
                ? List.of()
                : single
                        ? RecipeFolder.platform(directory, RecipeFile.Origin.USER)
                        : RecipeFolder.all(directory, RecipeFile.Origin.USER);
        if (files.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a directory with a platform.yaml, or with folders that have one," + " came '" + directory
                            + "', in which there are no recipes");
        }
        return new LintedDirectory(directory, single, files);
    }

    /** The path by which an editor finds a file. */
    public Path path(String name) {
        if (single) {
            return directory.resolve(name.substring(name.indexOf('/') + 1));
        }
        Path flat = directory.resolve(name.replace("/", "--"));
        return Files.exists(flat) ? flat : directory.resolve(name);
    }
}
