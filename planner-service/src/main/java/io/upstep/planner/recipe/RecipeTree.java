package io.upstep.planner.recipe;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Walks through a directory with recipes, links too; what cannot be one of a platform's is no reason to stop. */
final class RecipeTree extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> files = new ArrayList<>();

    private RecipeTree(Path root) {
        this.root = root;
    }

    static List<Path> files(Path root, int depth) throws IOException {
        RecipeTree tree = new RecipeTree(root);
        Files.walkFileTree(root, Set.of(FileVisitOption.FOLLOW_LINKS), depth, tree);
        return tree.files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes is) {
        boolean hidden = !directory.equals(root) && name(directory).startsWith(".");
        return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes is) {
        if (is.isRegularFile()) {
            files.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    /** A link to a directory above it; or what a volume has of its own, such as lost+found, which only root may read. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
        boolean wanted = path.equals(root) || name(path).matches("[A-Za-z0-9][A-Za-z0-9._-]*");
        if (e instanceof FileSystemLoopException || !wanted) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
