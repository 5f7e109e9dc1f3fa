package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.upstep.planner.plan.Resolution.Resolved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Platforms of somebody's own that change while the planner runs. */
class ReloadTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path root;

    private final Catalogue catalogue = new Catalogue(Recipes.BUILT_IN, List.of());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Path demo;
    private RecipesWatch watch;

    @BeforeEach
    void writeAPlatform() throws IOException {
        demo = Files.createDirectory(root.resolve("demo"));
        Files.writeString(demo.resolve("platform.yaml"), Recipes.PLATFORM);
        Files.writeString(demo.resolve("a.yaml"), Recipes.recipe(">=1 <2", ">=2 <3"));
        look();
    }

    @AfterEach
    void stop() {
        if (watch != null) {
            watch.stop(new ShutdownEvent());
        }
    }

    @Test
    void shouldTakeOverWhatHasChangedAndLeaveTheRestAlone() throws IOException {
        Platform before = catalogue.find("demo").orElseThrow();
        Platform builtIn = catalogue.find("polyaxon").orElseThrow();

        look();
        assertThat(catalogue.find("demo")).containsSame(before);

        Files.writeString(demo.resolve("b.yaml"), Recipes.recipe(">=2 <3", ">=3 <4"));
        look();
        assertThat(catalogue.path("demo", "1.0.0", "3.0.0").orElseThrow().versions())
                .containsExactly("1.0.0", "2.0.0", "3.0.0");
        assertThat(catalogue.find("polyaxon")).containsSame(builtIn);
    }

    @Test
    void shouldKeepTheLastGoodVersionAndSaySoWhenAChangeIsBroken() throws IOException {
        String digest =
                catalogue.platform("demo").orElseThrow().recipes().get(0).digest();

        Files.writeString(demo.resolve("a.yaml"), Recipes.recipe(">=1 <2", ">=2 <3", "stepz: []"));
        look();

        PlatformInfo kept = catalogue.platform("demo").orElseThrow();
        assertThat(kept.recipes()).extracting(PlatformInfo.RecipeInfo::digest).containsExactly(digest);
        assertThat(kept.problems()).extracting(RecipeProblem::code).containsExactly("unknown-key");
        assertThat(catalogue.broken()).isEqualTo(1);

        Files.writeString(demo.resolve("a.yaml"), Recipes.recipe(">=1 <2", ">=3 <4"));
        look();

        assertThat(catalogue.platform("demo").orElseThrow().problems()).isEmpty();
        assertThat(catalogue.platform("demo").orElseThrow().recipes())
                .extracting(PlatformInfo.RecipeInfo::digest)
                .doesNotContain(digest);
        assertThat(catalogue.broken()).isZero();
    }

    @Test
    void shouldNotChangeAPlanThatWasMade() throws IOException {
        Resolved plan = plan();

        Files.writeString(
                demo.resolve("a.yaml"), Recipes.recipe(">=1 <2", ">=2 <3").replace("Go to", "Walk to"));
        look();

        assertThat(plan.steps().get(0).title()).isEqualTo("Go to 2.0.0");
        assertThat(plan().steps().get(0).title()).isEqualTo("Walk to 2.0.0");
    }

    @Test
    void shouldForgetAPlatformWhoseFolderIsGone() throws IOException {
        Files.delete(demo.resolve("a.yaml"));
        Files.delete(demo.resolve("platform.yaml"));
        Files.delete(demo);
        look();

        assertThat(catalogue.platform("demo")).isEmpty();
        assertThat(catalogue.problems()).isEmpty();
    }

    @Test
    void shouldKeepEverythingWhenTheDirectoryCannotBeRead() throws IOException {
        Path away = root.resolveSibling(root.getFileName() + "-away");
        Files.move(root, away);
        try {
            look();
            assertThat(catalogue.platform("demo")).isPresent();
        } finally {
            Files.move(away, root);
        }
    }

    @ParameterizedTest
    @MethodSource("wild")
    void shouldLeaveOutWhatCannotEvenBeUnderstoodAndTakeOverTheRest(String wild) throws IOException {
        Path other = Files.createDirectory(root.resolve("other"));
        Files.writeString(
                other.resolve("platform.yaml"), Recipes.PLATFORM.replace("platform: demo", "platform: other"));
        Files.writeString(demo.resolve("wild.yaml"), wild);

        look();

        assertThat(catalogue.platform("other")).isPresent();
        assertThat(catalogue.platform("demo")).isPresent();
        assertThat(catalogue.problems("demo")).isNotEmpty().hasSizeLessThan(200).allSatisfy(problem -> assertThat(
                        problem.message())
                .hasSizeLessThan(3000));
    }

    static Stream<String> wild() {
        return Stream.of(
                Recipes.recipe(">=1 " + ">=1 ".repeat(50_000), ">=2 <3"),
                Recipes.recipe(">=1 <2", ">=2 <3").replace("title: ", "title: 1e999999999 # "),
                Recipes.recipe(">=1 <2", ">=2 <3", "s".repeat(100_000) + ": []"),
                "a: &a 1\nb: [" + "*a ,".repeat(100_000) + "]",
                IntStream.range(0, 5_000).mapToObj(i -> "key" + i + ": 1\n").collect(Collectors.joining()),
                "# " + "x".repeat(RecipeFile.LONGEST));
    }

    @Test
    void shouldNotBeStoppedByALinkThatLeadsBack() throws IOException {
        Files.createSymbolicLink(demo.resolve("configuration"), Path.of(".."));
        Files.writeString(demo.resolve("b.yaml"), Recipes.recipe(">=2 <3", ">=3 <4"));

        look();

        assertThat(recipes()).isEqualTo(2);
    }

    @Test
    void shouldReadAConfigMapWithoutFolders() throws IOException {
        Path flat = Files.createDirectory(root.resolve("..data-1"));
        Files.writeString(
                flat.resolve("flat--platform.yaml"), Recipes.PLATFORM.replace("platform: demo", "platform: flat"));
        Files.writeString(flat.resolve("flat--up.yaml"), Recipes.recipe("*", "*"));
        Files.writeString(flat.resolve("flat--configuration--values.yaml"), "title: nothing");
        for (String name : List.of("flat--platform.yaml", "flat--up.yaml", "flat--configuration--values.yaml")) {
            Files.createSymbolicLink(root.resolve(name), flat.resolve(name));
        }
        look();

        assertThat(catalogue.platform("flat")).isEmpty();
        assertThat(catalogue.problems("flat")).isNotEmpty().allSatisfy(problem -> assertThat(problem.toString())
                .startsWith("flat/configuration/values.yaml")
                .contains("docs/reference/configuration-rules.md"));

        Files.delete(root.resolve("flat--configuration--values.yaml"));
        look();

        assertThat(catalogue.platform("flat").orElseThrow().recipes())
                .extracting(PlatformInfo.RecipeInfo::file)
                .containsExactly("flat/up.yaml");
    }

    @Test
    void shouldNoticeByItselfWhenAFileChanges() throws IOException {
        watch(Duration.ofHours(1));

        Files.writeString(demo.resolve("b.yaml"), Recipes.recipe(">=2 <3", ">=3 <4"));

        await().atMost(LONG).until(() -> recipes() == 2);
        Path other = Files.createDirectory(root.resolve("other"));
        Files.writeString(
                other.resolve("platform.yaml"), Recipes.PLATFORM.replace("platform: demo", "platform: other"));
        await().atMost(LONG).until(() -> catalogue.platform("other").isPresent());
        Files.writeString(other.resolve("a.yaml"), "title: [");
        await().atMost(LONG)
                .until(() -> registry.get("upstep.recipes.broken").gauge().value() == 1);
    }

    @Test
    void shouldNoticeWhenAMountedConfigMapIsSwapped() throws IOException {
        mount("..1", Recipes.recipe(">=1 <2", ">=2 <3"));
        Files.createSymbolicLink(root.resolve("cm"), root.resolve("..data"));
        look();
        assertThat(catalogue.problems("cm")).isEmpty();
        watch(Duration.ofHours(1));

        mount("..2", Recipes.recipe(">=1 <2", ">=2 <3").replace("Go to", "Walk to"));

        await().atMost(LONG).until(() -> catalogue
                .find("cm")
                .orElseThrow()
                .recipes()
                .get(0)
                .spec()
                .steps()
                .get(0)
                .title()
                .startsWith("Walk"));
    }

    @Test
    void shouldNoticeWhenTheFileSystemTellsNothing() throws IOException {
        Path real = Files.createDirectory(root.resolveSibling(root.getFileName() + "-elsewhere"));
        Path file = Files.writeString(real.resolve("b.yaml"), Recipes.recipe(">=2 <3", ">=3 <4"));
        Files.createSymbolicLink(demo.resolve("b.yaml"), file);
        watch(Duration.ofMillis(50));
        await().atMost(LONG).until(() -> recipes() == 2);

        Files.writeString(file, "title: [");

        await().atMost(LONG).until(() -> !catalogue.problems("demo").isEmpty());
    }

    /** As Kubernetes does it: a new directory, and then the link moves over the old one. */
    private void mount(String name, String recipe) throws IOException {
        Path data = Files.createDirectory(root.resolve(name));
        Files.writeString(data.resolve("platform.yaml"), Recipes.PLATFORM.replace("platform: demo", "platform: cm"));
        Files.writeString(data.resolve("a.yaml"), recipe);
        Path link = Files.createSymbolicLink(root.resolve("..data_tmp"), data);
        Files.move(link, root.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private Resolved plan() {
        return (Resolved) new RecipeResolver(catalogue)
                .resolve(Recipes.question("demo", "2.0.0"), Recipes.facts("installed", "true", "version", "\"1.0.0\""));
    }

    private int recipes() {
        return catalogue.find("demo").orElseThrow().recipes().size();
    }

    private void look() {
        watching(LONG).look(root);
    }

    private void watch(Duration interval) {
        watch = watching(interval);
        watch.start(new StartupEvent());
    }

    private RecipesWatch watching(Duration interval) {
        return new RecipesWatch(Optional.of(root), interval, catalogue, registry);
    }
}
