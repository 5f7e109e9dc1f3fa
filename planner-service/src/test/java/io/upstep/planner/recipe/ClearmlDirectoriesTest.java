package io.upstep.planner.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Jobs of the recipe for 1.17 and 2.0 do to the directories of a node, run as they are written there. */
class ClearmlDirectoriesTest {
    private static final String PLAN = "0123456789abcdef";
    private static final String ID = "01234567-2.0.0";

    @TempDir
    Path node;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(node.resolve("backup"));
        for (String part : List.of("elastic_7", "mongo_4", "redis")) {
            write(part, "old");
        }
    }

    @Test
    void shouldPutBackWhatNewerServersHaveWrittenRedisIncluded() throws Exception {
        assertThat(run(step("back-up").with())).isEmpty();
        for (String part : List.of("elastic_7", "mongo_4", "redis")) {
            write(part, "new");
        }

        assertThat(run(step("hand-over-data").undo().with())).isEmpty();

        for (String part : List.of("elastic_7", "mongo_4", "redis")) {
            assertThat(content(part)).isEqualTo("old");
            assertThat(content(part + "_undone_" + ID)).isEqualTo("new");
        }
    }

    @Test
    void shouldDoItAgainWithoutHarmWhenItWasCutOffOrDoneAlready() throws Exception {
        run(step("back-up").with());
        run(step("back-up").with());
        write("redis", "new");
        run(step("hand-over-data").undo().with());
        Files.delete(node.resolve("data/mongo_4/file"));
        Files.delete(node.resolve("data/mongo_4"));

        assertThat(run(step("hand-over-data").undo().with())).isEmpty();

        assertThat(content("mongo_4")).isEqualTo("old");
        assertThat(content("redis_undone_" + ID)).isEqualTo("new");
    }

    @Test
    void shouldHandNothingOverWithAnArchiveThatIsNotWhatWasWritten() throws Exception {
        run(step("back-up").with());
        Files.writeString(node.resolve("backup/" + ID + "-redis.tar"), "something else");

        assertThat(run(step("hand-over-data").with())).contains("-redis.tar is not what was written");
    }

    @Test
    void shouldDoWithoutADirectoryOfRedis() throws Exception {
        Files.delete(node.resolve("data/redis/file"));
        Files.delete(node.resolve("data/redis"));

        assertThat(run(step("back-up").with())).isEmpty();
        assertThat(run(step("hand-over-data").with())).isEmpty();
        assertThat(run(step("hand-over-data").undo().with())).isEmpty();
    }

    private static RecipeSpec.Step step(String id) {
        return Recipes.builtIn().find("clearml").orElseThrow().recipes().stream()
                .filter(recipe -> recipe.name().endsWith("with-databases.yaml"))
                .flatMap(recipe -> recipe.spec().steps().stream())
                .filter(step -> step.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What it says when it fails; nothing if it does not. */
    private String run(JsonNode with) throws IOException, InterruptedException {
        Path said = Files.createTempFile(node, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", "-c", with.at("/command/2").asText().replace("$${", "${"))
                .redirectErrorStream(true)
                .redirectOutput(node.resolve("log.txt").toFile());
        builder.environment().put("PLAN", PLAN);
        builder.environment().put("TO", "2.0.0");
        builder.environment().put("WAIVED", "false");
        builder.environment().put("SAY", said.toString());
        builder.environment().put("DATA", node.resolve("data").toString());
        builder.environment().put("BACKUP", node.resolve("backup").toString());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String last = Files.readString(said);
        assertThat(process.exitValue() == 0)
                .as(Files.readString(node.resolve("log.txt")))
                .isEqualTo(last.isEmpty());
        return last;
    }

    private void write(String part, String content) throws IOException {
        Files.createDirectories(node.resolve("data").resolve(part));
        Files.writeString(node.resolve("data").resolve(part).resolve("file"), content);
    }

    private String content(String part) throws IOException {
        return Files.readString(node.resolve("data").resolve(part).resolve("file"));
    }
}
