package io.upstep.configuration.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scanner finds in a person's files, and what it passes over. */
class ScannerTest {

    @TempDir
    Path root;

    @Test
    void shouldNameFileAndLineOfEveryFinding() throws IOException {
        write("deploy.sh", "#!/bin/sh\npolyaxon config set\npolyaxon deploy -f config.yml --token abc123\n");
        write("ci/Makefile", "up:\n\tpolyaxon deploy\n");
        write("notes.txt", "polyaxon deploy\n");
        Scanner.Scanned scanned = scan();
        assertThat(scanned.findings())
                .extracting(f -> root.relativize(Path.of(f.file())).toString(), Finding::line, Finding::found)
                .containsExactlyInAnyOrder(
                        tuple("deploy.sh", 3, "polyaxon deploy -f config.yml --token ***"),
                        tuple("ci/Makefile", 2, "polyaxon deploy"));
        assertThat(scanned.files()).isEqualTo(2);
    }

    @Test
    void shouldPassOverWhatIsBinaryLargeOrAnotherTools() throws IOException {
        write("binary.sh", "\0polyaxon deploy\n");
        write("large.sh", "polyaxon deploy\n" + "x".repeat(1 << 20));
        write(".git/hook.sh", "polyaxon deploy\n");
        Files.write(root.resolve("latin.sh"), new byte[] {'a', (byte) 0xE9, '\n'});
        Scanner.Scanned scanned = scan();
        assertThat(scanned.findings()).isEmpty();
        assertThat(scanned.skipped())
                .hasSize(3)
                .anyMatch(line -> line.contains("larger than"))
                .anyMatch(line -> line.contains(".git"));
    }

    @Test
    void shouldLookAtTheBeginningOfALineWithoutEndOnlyAndSaySo() throws IOException {
        write("one.sh", "x".repeat(500_000) + "polyaxon deploy");
        Scanner.Scanned scanned = scan();
        assertThat(scanned.findings()).isEmpty();
        assertThat(scanned.skipped()).singleElement().asString().contains("one.sh:1", "2000");
    }

    @Test
    void shouldLookIntoWhatIsNamedByALinkAndTellOfLinksInIt() throws IOException {
        write("real/deploy.sh", "polyaxon deploy\n");
        Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("real"));
        assertThat(Scanner.scan(List.of(errand()), List.of(link)).findings()).hasSize(1);
        Scanner.Scanned scanned = scan();
        assertThat(scanned.findings()).hasSize(1);
        assertThat(scanned.skipped()).singleElement().asString().contains("link: a link");
    }

    @Test
    void shouldFindOnceWhatGoesOverSeveralLinesOfACommand() throws IOException {
        write("run.sh", "polyaxon \\\n  deploy \\\n  -f x\npolyaxon\ndeploy\npolyaxon deploy \\\n  -f y\n");
        assertThat(scan().findings()).extracting(Finding::line).containsExactly(2, 6);
    }

    private Scanner.Scanned scan() throws IOException {
        return Scanner.scan(List.of(errand()), List.of(root));
    }

    private static Errand errand() {
        ObjectNode errand = JsonNodeFactory.instance
                .objectNode()
                .put("find", "polyaxon\\s+deploy\\b")
                .put("now", "polyaxon admin deploy")
                .put("say", "The command moved.")
                .put("source", "guide, CLI");
        errand.putArray("in").add("*.sh").add("Makefile");
        return Errand.of(errand);
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
