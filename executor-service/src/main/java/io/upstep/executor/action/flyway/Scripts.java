package io.upstep.executor.action.flyway;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Migrations in a directory: the one they are in, or one that is made for those of a ConfigMap and goes away again. */
final class Scripts implements AutoCloseable {
    private final Path directory;
    private final boolean temporary;

    private Scripts(Path directory, boolean temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    static Scripts of(MigrateAction.Source source, StepContext context) {
        try {
            return source.path() == null ? ofConfigMap(source.configMap(), context) : ofDirectory(source.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scripts ofDirectory(String path) throws IOException {
        Path directory = Path.of(path);
        if (!Files.isDirectory(directory)) {
            throw ActionException.permanent(
                    "no-scripts", "expected a directory " + path + " on the executor's disk, and there is none");
        }
        try (Stream<Path> files = Files.list(directory)) {
            ScriptNames.require(files.map(file -> file.getFileName().toString()).toList(), "directory " + path);
        }
        return new Scripts(directory, false);
    }

    private static Scripts ofConfigMap(String name, StepContext context) throws IOException {
        Map<String, String> scripts = Optional.ofNullable(context.client()
                        .configMaps()
                        .inNamespace(context.namespace())
                        .withName(name)
                        .get())
                .map(map -> map.getData() == null ? Map.<String, String>of() : map.getData())
                .orElseThrow(() -> ActionException.permanent(
                        "no-scripts",
                        "expected ConfigMap " + name + " in namespace " + context.namespace() + ", and there is none"));
        ScriptNames.require(scripts.keySet(), "ConfigMap " + name);
        Path directory = Files.createTempDirectory("upstep-flyway");
        Scripts made = new Scripts(directory, true);
        for (Map.Entry<String, String> script : scripts.entrySet()) {
            Files.writeString(directory.resolve(script.getKey()), script.getValue());
        }
        return made;
    }

    String location() {
        return "filesystem:" + directory;
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
