package io.upstep.planner.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the recipes of a directory: {@code <platform>/<file>.yaml}. Links are followed and folders with a dot in front passed
 * over, because that is how a mounted ConfigMap looks.
 */
final class RecipeFolder {
    private static final String YAML = ".yaml";

    private RecipeFolder() {}

    static List<RecipeFile> read(Path root, RecipeFile.Origin origin) {
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException("expected a directory with recipes, but '" + root
                    + "' is none: create it, or correct upstep.planner.recipes-dir");
        }
        try (Stream<Path> found = Files.find(root, 2, (path, is) -> is.isRegularFile(), FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(path -> root.relativize(path).getNameCount() == 2)
                    .filter(path -> path.getFileName().toString().endsWith(YAML))
                    .filter(path -> !root.relativize(path).toString().startsWith("."))
                    .map(path -> file(root, path, origin))
                    .sorted(java.util.Comparator.comparing(RecipeFile::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the recipes in '" + root + "' cannot be read", e);
        }
    }

    private static RecipeFile file(Path root, Path path, RecipeFile.Origin origin) {
        Path relative = root.relativize(path);
        return new RecipeFile(relative.getName(0) + "/" + relative.getName(1), text(path), origin);
    }

    private static String text(Path path) {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the recipe '" + path + "' cannot be read", e);
        }
    }
}
