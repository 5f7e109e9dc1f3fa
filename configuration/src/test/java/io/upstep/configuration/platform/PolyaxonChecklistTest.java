package io.upstep.configuration.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.scan.Errand;
import io.upstep.configuration.scan.Scanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lives outside of the platform: commands, variables, calls and searches in people's own files. */
class PolyaxonChecklistTest {

    @Test
    void shouldSayWhatToWriteWhenALineIsOfTheOldVersion(@TempDir Path directory) throws IOException {
        Set<String> found = new HashSet<>();
        Set<String> all = new HashSet<>();
        int number = 0;
        for (JsonNode example : PolyaxonRules.yaml("checklist.yaml").path("examples")) {
            List<Errand> errands = PolyaxonRules.LOADED
                    .books()
                    .get("polyaxon")
                    .checklist(example.path("from").asText(), example.path("to").asText());
            errands.forEach(errand -> all.add(errand.find()));
            List<Errand> here = scan(errands, Files.createDirectory(directory.resolve("" + number++)), example);
            here.forEach(errand -> found.add(errand.find()));
            String now = example.path("now").asText("");
            assertThat(here.stream().map(Errand::now))
                    .as(example.path("line").asText())
                    .satisfies(said -> assertThat(said.isEmpty()).isEqualTo(now.isEmpty()))
                    .containsAll(now.isEmpty() ? List.of() : List.of(now));
        }
        assertThat(found).as("every errand has an example").containsAll(all);
    }

    private static List<Errand> scan(List<Errand> errands, Path directory, JsonNode example) throws IOException {
        Files.writeString(
                directory.resolve(example.path("file").asText()),
                example.path("line").asText());
        return Scanner.scan(errands, List.of(directory)).findings().stream()
                .map(finding -> finding.errand())
                .toList();
    }
}
