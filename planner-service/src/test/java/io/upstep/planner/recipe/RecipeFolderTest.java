package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFolderTest {
    @TempDir
    Path root;

    private Path demo;

    @BeforeEach
    void writeAPlatform() throws IOException {
        demo = Files.createDirectory(root.resolve("demo"));
        Files.writeString(demo.resolve("platform.yaml"), Recipes.PLATFORM);
    }

    @Test
    void shouldReadOneLevelOfFoldersWhenThereAreMore() throws IOException {
        Files.writeString(root.resolve("stray.yaml"), "x: y");
        Files.writeString(demo.resolve("README.md"), "# not a recipe");
        Files.writeString(Files.createDirectory(demo.resolve("deeper")).resolve("a.yaml"), "x: y");

        assertThat(RecipeFolder.read(root, RecipeFile.Origin.USER))
                .extracting(RecipeFile::name)
                .containsExactly("demo/platform.yaml");
    }

    @Test
    void shouldFollowItsLinksWhenTheFolderIsAMountedConfigMap() throws IOException {
        Path hidden = Files.createDirectory(root.resolve("..2026_11_20"));
        Files.writeString(hidden.resolve("a.yaml"), Recipes.recipe("*", "*"));
        Files.createSymbolicLink(demo.resolve("a.yaml"), hidden.resolve("a.yaml"));

        assertThat(RecipeFolder.read(root, RecipeFile.Origin.USER))
                .extracting(RecipeFile::name)
                .containsExactly("demo/a.yaml", "demo/platform.yaml");
    }

    @Test
    void shouldLeaveOutOnlyThePlatformWhenAFileIsNoText() throws IOException {
        Files.write(demo.resolve("a.yaml"), new byte[] {'t', ':', ' ', (byte) 0xff, (byte) 0xfe});

        Catalogue catalogue = Recipes.withFolder(root);

        assertThat(Recipes.messages(catalogue.problems()))
                .containsExactly("demo/a.yaml: expected UTF-8, came bytes that are not: save the file as UTF-8");
        assertThat(catalogue.platform("polyaxon-images")).isPresent();
    }

    @Test
    void shouldSayWhatIsMissingWhenAFileIsEmptyOrHasTwoDocuments() throws IOException {
        Files.writeString(demo.resolve("a.yaml"), "");
        Files.writeString(demo.resolve("b.yaml"), Recipes.recipe("*", "*") + "\n---\n" + Recipes.recipe("*", "*"));

        assertThat(Recipes.messages(Recipes.withFolder(root).problems()))
                .anySatisfy(message -> assertThat(message).startsWith("demo/a.yaml: expected a mapping"))
                .anySatisfy(
                        message -> assertThat(message).startsWith("demo/b.yaml").contains("is not valid YAML"));
    }

    @Test
    void shouldAskForThePlatformFileWhenThereAreOnlyRecipes() throws IOException {
        Files.delete(demo.resolve("platform.yaml"));
        Files.writeString(demo.resolve("a.yaml"), Recipes.recipe("*", "*"));

        assertThat(Recipes.messages(Recipes.withFolder(root).problems()))
                .singleElement()
                .asString()
                .startsWith("demo/platform.yaml: expected every folder of recipes to have this file");
    }
}
