package io.upstep.planner.recipe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Recipes looked at from the command line. */
class RecipesCommandTest {
    private static final String PLATFORM = """
            platform: shop
            title: Shop
            description: for tests
            versions: { scheme: semver, known: ["1.0.0"] }
            downgrade: { allowed: false }
            facts:
              installed: { type: boolean, probe: kubernetes.installed, with: { kind: Deployment } }
              version: { type: text, probe: kubernetes.version, with: { sources: [] } }
            """;

    @TempDir
    Path root;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path shop;

    @BeforeEach
    void write() throws IOException {
        shop = Files.createDirectory(root.resolve("shop"));
        Files.writeString(shop.resolve("platform.yaml"), PLATFORM);
    }

    @Test
    void shouldEndWithZeroWhenAllIsWell() {
        assertThat(run("lint", root.toString())).as(out.toString()).isZero();
        assertThat(out.toString()).isEqualTo("0 errors, 0 warnings\n");
    }

    @Test
    void shouldNameThePlaceAsCompilersDoWhenSomethingIsWrong() throws IOException {
        Files.writeString(shop.resolve("up.yaml"), "title: up\nsource: a\nedge: { from: 1.20, to: '2.0' }\n");

        assertThat(run("lint", root.toString())).isEqualTo(1);

        assertThat(out.toString())
                .contains(shop.resolve("up.yaml") + ":3:15: error: expected a text")
                .contains("put it in quotes: \"1.20\"")
                .contains("[missing-key]")
                .endsWith("3 errors, 0 warnings\n");
    }

    @Test
    void shouldTakeThePlatformsOwnFolder() throws IOException {
        Files.writeString(shop.resolve("up.yaml"), "title: [");

        assertThat(run("lint", shop.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith(shop.resolve("up.yaml") + ":1:");
    }

    @Test
    void shouldCountWarningsAsErrorsOnlyWhenTold() throws IOException {
        Files.writeString(shop.resolve("platform.yaml"), PLATFORM.replace("kubernetes.installed", "acme.installed"));

        assertThat(run("lint", root.toString())).isZero();
        assertThat(out.toString()).contains("warning").endsWith("0 errors, 1 warning\n");
        assertThat(run("lint", "--strict", root.toString())).isEqualTo(1);
        assertThat(run("lint", "--strict", "--announced", "acme.installed", root.toString()))
                .isZero();
    }

    @Test
    void shouldSayItInJsonWhenAsked() throws IOException {
        Files.writeString(shop.resolve("platform.yaml"), PLATFORM.replace("title: Shop", "titel: Shop"));

        assertThat(run("lint", "-o", "json", root.toString())).isEqualTo(1);

        JsonNode problem = new ObjectMapper().readTree(out.toString()).get(1);
        assertThat(problem.path("code").asText()).isEqualTo("unknown-key");
        assertThat(problem.path("line").asInt()).isEqualTo(2);
        assertThat(problem.path("remedy").asText()).isEqualTo("did you mean 'title'?");
        assertThat(problem.has("error")).isFalse();
    }

    @Test
    void shouldEndWithTwoWhenTheCommandLineIsWrong() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));

        assertThat(run("lint")).isEqualTo(2);
        assertThat(run("lint", empty.toString())).isEqualTo(2);
        assertThat(run("lint", root.resolve("nowhere").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("in which there are no recipes");
        assertThat(run("polish", root.toString())).isEqualTo(2);
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        CommandLine line = RecipesCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
