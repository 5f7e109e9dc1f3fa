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
        assertThat(scanned.skipped()).hasSize(2).anyMatch(line -> line.contains("larger than"));
    }

    @Test
    void shouldLookAtTheBeginningOfALineWithoutEndOnly() throws IOException {
        write("one.sh", "x".repeat(500_000) + "polyaxon deploy");
        assertThat(scan().findings()).isEmpty();
    }

    private Scanner.Scanned scan() throws IOException {
        ObjectNode errand = JsonNodeFactory.instance
                .objectNode()
                .put("find", "polyaxon deploy\\b")
                .put("now", "polyaxon admin deploy")
                .put("say", "The command moved.")
                .put("source", "guide, CLI");
        errand.putArray("in").add("*.sh").add("Makefile");
        return Scanner.scan(List.of(Errand.of(errand)), List.of(root));
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
