package io.upstep.planner.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Reads the recipes of a directory: {@code <platform>/<file>.yaml}, or {@code <platform>--<file>.yaml} where there can be no
 * folders, as in a ConfigMap. Links are followed and whatever has a dot in front is passed over, because that is how a mounted
 * ConfigMap looks.
 */
final class RecipeFolder {
    private static final String YAML = ".yaml";
    private static final String RULES = "configuration";
    private static final Pattern FLAT = Pattern.compile("([a-z][a-z0-9-]*?)--([^/]+)");
    private static final int DEPTH = 3;
    private static final int MOST_BYTES = 4 * RecipeFile.LONGEST;

    private RecipeFolder() {}

    /** The recipes. */
    static List<RecipeFile> read(Path root, RecipeFile.Origin origin) {
        return all(root, origin).stream().filter(file -> !file.isRule()).toList();
    }

    /** The recipes, and the files of rules that move configurations. */
    static List<RecipeFile> all(Path root, RecipeFile.Origin origin) {
        if (!Files.isDirectory(root)) {
            throw new IllegalArgumentException("expected a directory with recipes, but '" + root
                    + "' is none: create it, or correct upstep.planner.recipes-dir");
        }
        return files(root, Path.of(""), origin);
    }

    /** Those of one platform, from its own folder. */
    static List<RecipeFile> platform(Path folder, RecipeFile.Origin origin) {
        return files(folder, folder.toAbsolutePath().normalize().getFileName(), origin);
    }

    /** @param above what the names begin with besides */
    private static List<RecipeFile> files(Path root, Path above, RecipeFile.Origin origin) {
        try {
            return RecipeTree.files(root, DEPTH).stream()
                    .flatMap(path -> name(inside(above, root.relativize(path))).stream()
                            .map(name -> new RecipeFile(name, text(path), origin)))
                    .sorted(Comparator.comparing(RecipeFile::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the recipes in '" + root + "' cannot be read", e);
        }
    }

    /** By names alone: the recipes of a jar are on another file system. */
    private static Path inside(Path above, Path relative) {
        return above.toString().isEmpty() ? relative : above.resolve(relative);
    }

    /** What a file is called among recipes; empty if it is none of them. */
    static Optional<String> name(Path relative) {
        boolean hidden = StreamSupport.stream(relative.spliterator(), false)
                .anyMatch(part -> part.toString().startsWith("."));
        String file = relative.getFileName().toString();
        Matcher flat = FLAT.matcher(file);
        return switch (hidden ? 0 : relative.getNameCount()) {
            case 1 -> flat.matches() ? inFolder(flat.group(1), flat.group(2)) : Optional.empty();
            case 2 -> file.endsWith(YAML) ? Optional.of(relative.getName(0) + "/" + file) : Optional.empty();
            case DEPTH ->
                relative.getName(1).toString().equals(RULES)
                        ? Optional.of(relative.getName(0) + "/" + RULES + "/" + file)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> inFolder(String platform, String file) {
        String rules = RULES + "--";
        if (file.startsWith(rules)) {
            return Optional.of(platform + "/" + RULES + "/" + file.substring(rules.length()));
        }
        return file.endsWith(YAML) ? Optional.of(platform + "/" + file) : Optional.empty();
    }

    /** One that is too long is not read to its end, and ends with what nobody takes for a recipe. */
    private static String text(Path path) {
        try (InputStream file = Files.newInputStream(path)) {
            String text = new String(file.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            return file.read() < 0 ? text : text + YamlDocument.UNDECODABLE;
        } catch (IOException e) {
            throw new UncheckedIOException("the recipe '" + path + "' cannot be read", e);
        }
    }
}
