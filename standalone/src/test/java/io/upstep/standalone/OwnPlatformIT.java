package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/guide/your-own-platform.md, done word by word. */
class OwnPlatformIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(sh|yaml|text)\n((?s).*?)^```$");
    private static final Pattern FILE = Pattern.compile("# (my-platforms/\\S+)\n");
    private static final Duration NOTICED = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private ServiceProcess upstep;

    @Test
    void shouldLeadFromNothingToAnUpgradeWhenFollowedWordByWord() throws Exception {
        List<MatchResult> blocks = BLOCK.matcher(Files.readString(ROOT.resolve("docs/guide/your-own-platform.md")))
                .results()
                .toList();
        int run = 0;
        try {
            for (int i = 0; i < blocks.size(); i++) {
                String text = blocks.get(i).group(2);
                switch (blocks.get(i).group(1)) {
                    case "yaml" -> write(text);
                    case "sh" -> {
                        boolean told = i + 1 < blocks.size()
                                && blocks.get(i + 1).group(1).equals("text");
                        perform(text, told ? blocks.get(i + 1).group(2) : null);
                        run++;
                    }
                    default -> {}
                }
            }
        } finally {
            if (upstep != null) {
                upstep.close();
            }
        }
        assertThat(run).isGreaterThan(12);
    }

    /** What is no file of its own only shows how something else would look. */
    private void write(String text) throws IOException {
        var file = FILE.matcher(text);
        if (file.lookingAt()) {
            Files.writeString(directory.resolve(file.group(1)), text);
        }
    }

    private void perform(String commands, String expected) throws Exception {
        if (commands.contains("deploy/start.sh")) {
            start();
        } else if (expected == null || !commands.contains("$api/platforms/")) {
            String came = run(commands);
            assertThat(came).as(commands).isEqualTo(expected == null ? "" : expected);
        } else {
            // A change is noticed in a moment, and not at once.
            await(commands).atMost(NOTICED).untilAsserted(() -> assertThat(run(commands))
                    .isEqualTo(expected));
        }
    }

    private void start() {
        upstep = ServiceProcess.start(
                        "standalone",
                        directory,
                        Map.of(
                                "UPSTEP_DATA_DIR",
                                directory.resolve("data").toString(),
                                "UPSTEP_PLANNER_RECIPES_DIR",
                                directory.resolve("my-platforms").toString()))
                .awaitReady();
        new PlannerClient(upstep.uri()).awaitWorkers("local");
    }

    private String run(String commands) throws IOException, InterruptedException {
        Path variables = directory.resolve("variables");
        String script = "set -euo pipefail\n[ ! -f variables ] || . ./variables\n"
                + here(commands)
                + "\ndeclare -p api plan > variables 2>/dev/null || true\n";
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder("bash", "-c", script)
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(3, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended).as("within three minutes: " + commands).isTrue();
        assertThat(variables).exists();
        return Files.readString(output);
    }

    private String here(String commands) {
        String mine = commands.replace(
                "deploy/recipes.sh", ROOT.resolve("deploy/recipes.sh").toString());
        return upstep == null
                ? mine
                : mine.replace("http://127.0.0.1:8080", upstep.uri().toString());
    }
}
