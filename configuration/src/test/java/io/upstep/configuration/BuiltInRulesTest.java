package io.upstep.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule files on the class path, wherever they are. */
class BuiltInRulesTest {

    @TempDir
    Path root;

    @Test
    void shouldReadThemWhenTheyAreInADirectory() throws IOException {
        write(root.resolve("classes/recipes"));
        assertFound(root.resolve("classes"));
    }

    @Test
    void shouldReadThemWhenTheyAreInAJar() throws IOException {
        Path jar = root.resolve("with blank.jar");
        try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            write(inside.getPath("recipes"));
        }
        assertFound(jar);
        // And again: the first look has closed what it opened.
        assertFound(jar);
    }

    @Test
    void shouldFindNothingWhenThereAreNone() throws IOException {
        try (URLClassLoader classes = new URLClassLoader(new URL[0], null)) {
            assertThat(BuiltInRules.read(classes)).isEmpty();
        }
    }

    private static void assertFound(Path place) throws IOException {
        try (URLClassLoader classes =
                new URLClassLoader(new URL[] {place.toUri().toURL()}, null)) {
            RuleFolder.Loaded loaded = BuiltInRules.read(classes).orElseThrow();
            assertThat(loaded.problems()).isEmpty();
            assertThat(loaded.books().get("lamp").files())
                    .extracting(RuleFile::title)
                    .containsExactly("Lamp");
        }
    }

    private static void write(Path recipes) throws IOException {
        Path rules = Files.createDirectories(recipes.resolve("lamp/configuration"));
        Files.copy(Path.of("../recipes/configuration.schema.json"), recipes.resolve("configuration.schema.json"));
        Files.writeString(
                rules.resolve("a.yaml"), "title: Lamp\nsource: s\nedge: { from: '>=1 <2', to: '>=2 <3' }\nrules: []\n");
    }
}
