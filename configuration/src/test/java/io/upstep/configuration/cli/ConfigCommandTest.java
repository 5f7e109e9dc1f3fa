package io.upstep.configuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands as a person runs them: what they print, write and exit with. */
class ConfigCommandTest {

    @TempDir
    Path root;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeRules() throws IOException {
        write("lamp/configuration/a.yaml", """
                title: Lamp 1 to 2
                source: a guide
                edge: { from: ">=1 <2", to: ">=2 <3" }
                rules:
                  - { move: old, to: new }
                known: [new, password]
                checklist:
                  - { find: 'lamp deploy', in: ["*.sh"], now: lamp admin deploy, say: It moved., source: guide }
                """);
        write("old.yaml", "old: 1\npassword: hunter2\n");
    }

    @Test
    void shouldWriteTheNewFileForNobodyElseAndTheReportWithoutSecrets() throws IOException {
        Path fresh = root.resolve("new.yaml");
        assertThat(run("migrate", "--from", "1.0", "--to", "2.0", "-o", fresh.toString(), file("old.yaml")))
                .isZero();
        assertThat(fresh).hasContent("new: 1\npassword: hunter2\n");
        assertThat(Files.getPosixFilePermissions(fresh)).hasSize(2);
        assertThat(out.toString())
                .contains("moved: old -> new", "kept as they are: 1 values")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldPutAnswersIntoTheNewFile() throws IOException {
        write("answers.yaml", "new: 7\npassword: null\n");
        assertThat(run("migrate", "--from", "1.0", "--to", "2.0", "--answers", file("answers.yaml"), file("old.yaml")))
                .isZero();
        assertThat(out).hasToString("new: 7\n");
        write("wrong.yaml", "new.*: 7\n");
        assertThat(run("migrate", "--from", "1.0", "--to", "2.0", "--answers", file("wrong.yaml"), file("old.yaml")))
                .isEqualTo(4);
        assertThat(err.toString()).contains("without wildcards");
    }

    @Test
    void shouldOverwriteNothing() throws IOException {
        assertThat(run("migrate", "--from", "1.0", "--to", "2.0", "-o", file("old.yaml"), file("old.yaml")))
                .isEqualTo(4);
        assertThat(root.resolve("old.yaml")).hasContent("old: 1\npassword: hunter2\n");
        assertThat(err.toString()).contains("not there yet");
    }

    @Test
    void shouldKeepConfigurationAndReportApartWhenThereIsNoFileToWrite() {
        assertThat(run("migrate", "--from", "1.0", "--to", "2.0", "--report", "json", file("old.yaml")))
                .isZero();
        assertThat(out).hasToString("new: 1\npassword: hunter2\n");
        assertThat(err.toString()).contains("\"kind\" : \"moved\"").doesNotContain("hunter2");
    }

    @Test
    void shouldExitWithOneWhenSomethingIsLeftToSeeTo() {
        assertThat(run("check", "--version", "2.0", file("old.yaml"))).isEqualTo(1);
        assertThat(out.toString()).contains("warning unknown-key at old (line 1)");
    }

    @Test
    void shouldFindWhatHasToChangeInScripts() throws IOException {
        write("scripts/up.sh", "cd x\nlamp deploy\n");
        assertThat(run("scan", "--from", "1.0", "--to", "2.0", file("scripts"))).isEqualTo(1);
        assertThat(out.toString()).contains("up.sh:2: lamp deploy", "now: lamp admin deploy", "1 findings in 1 files");
    }

    @Test
    void shouldSayWhyWhenThereAreNoRulesAndNotCallThatClean() {
        assertThat(run("scan", "--from", "2.0", "--to", "5.0", root.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("No rules lead");
        assertThat(run("migrate", "--from", "1.0", "--to", "2.0", file("none.yaml")))
                .isEqualTo(4);
        assertThat(run("migrate", "--from", "1.0", file("old.yaml"))).isEqualTo(2);
    }

    @Test
    void shouldNotCallADefectADocumentWithProblems() {
        CommandLine line = ConfigCommand.told(new CommandLine(new Broken())).setErr(new PrintWriter(err, true));
        assertThat(line.execute()).isEqualTo(5);
    }

    @CommandLine.Command(name = "broken")
    private static final class Broken implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("a value is lost");
        }
    }

    private int run(String command, String... arguments) {
        CommandLine line =
                ConfigCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 5];
        System.arraycopy(new String[] {command, "-p", "lamp", "--recipes", root.toString()}, 0, all, 0, 5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return line.execute(all);
    }

    private String file(String name) {
        return root.resolve(name).toString();
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
