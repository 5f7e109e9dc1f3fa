package io.upstep.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule files as they lie in a directory of recipes. */
class RuleFolderTest {
    private static final Path RECIPES = Path.of("../recipes");
    private static final String HEAD = "title: t\nsource: s\nedge: { from: '>=1 <2', to: '>=2 <3' }\n";

    @TempDir
    Path root;

    private Path rules;

    @BeforeEach
    void makeFolder() throws IOException {
        rules = Files.createDirectories(root.resolve("lamp/configuration"));
    }

    @Test
    void shouldPutTablesAndSchemasInSoThatAFileCanBeSentAsItIs() throws IOException {
        write("keys.tsv", "key\t1.0\t2.0\nold\tx\t\nbroker\tx\tx\nports\t\tx\n");
        write(
                "lamp.json",
                "{\"properties\": {\"broker\": {\"enum\": [\"redis\"], \"expected\": \"redis\", \"remedy\": \"Use redis.\"}}}");
        write("a.yaml", HEAD + "rules: []\nknownFrom: keys.tsv#2.0\nvalid: { schema: lamp.json, unknown: error }\n");
        RuleFolder.Loaded loaded = RuleFolder.read(root, RECIPES);
        assertThat(loaded.problems()).isEmpty();
        RuleFile file = loaded.books().get("lamp").files().get(0);
        RuleFile again = RuleFile.of(new ObjectMapper().readTree(file.json().toString()));

        Result result =
                Migration.of(java.util.List.of(again)).run("old: {x: 1, y: 2}\nbroker: kafka\nports: {http: 1}\n");
        assertThat(Rules.problems(result))
                .containsExactly(
                        "error unknown-key at old (line 1): Expected a key of the target version, came 'old', which it does not"
                                + " know. It was kept. Remove it, unless you know what reads it.",
                        "error invalid at broker (line 2): Expected redis; came something else (does not have a value in the"
                                + " enumeration [\"redis\"]). Use redis.");
        assertThat(Rules.lines(result))
                .containsExactly("unknown-kept: old.x", "unknown-kept: old.y", "kept: broker", "kept: ports.http");
    }

    @Test
    void shouldSayWhatIsWrongWithAFileAndLeaveItOut() throws IOException {
        write("a.yaml", HEAD + "rules: [{ move: a }]\n");
        write("b.yaml", HEAD + "rules: [{ move: a, to: '*.b' }]\n");
        write("c.yaml", HEAD + "rules: []\nknownFrom: none.tsv#1\n");
        write("d.yaml", HEAD + "rules: []\nrules: []\n");
        write("e.yaml", HEAD + "rules: []\nchecklist: [{ find: '(', now: n, say: s, source: s }]\n");
        RuleFolder.Loaded loaded = RuleFolder.read(root, RECIPES);
        assertThat(loaded.books().get("lamp").files()).isEmpty();
        assertThat(String.join("\n", loaded.problems()))
                .contains("lamp/configuration/a.yaml /rules/0")
                .contains("b.yaml: 't': rules[0]: expected '*.b' to have no more wildcards than 'a'")
                .contains("c.yaml: expected a file 'none.tsv' beside the rules")
                .contains("d.yaml: Expected every key of a map once, came 'rules' a second time in line 5")
                .contains("e.yaml: 't': checklist[0]: expected a regular expression");
    }

    @Test
    void shouldTakeEveryKindOfRuleThatTheFormatKnows() throws IOException {
        write("a.yaml", HEAD + """
                rules:
                  - { move: a, to: b, merge: true, when: { has: a, absent: c, not: { equals: { d: 1 } } }, report: r, source: s }
                  - { rename: "**.a", to: c }
                  - { remove: "a.*", report: r, where: web-ui, secret: true }
                  - { copy: a, to: b }
                  - { split: a, into: [a.b, a.c], at: ":", after: "/" }
                  - { merge: [a, b], to: c, with: ",", distinct: true }
                  - { default: a.b, value: { x: [1] }, because: r }
                  - { set: a, value: null, when: { any: [{ in: { a: [1, 2] } }, { matches: { a: "^x" } }] } }
                  - { wrap: a, in: list }
                  - { wrap: a, in: map, key: k }
                  - { map: a, values: { x: 1 }, otherwise: problem }
                  - { convert: "**.port", to: integer, when: { type: { a: text }, unique: "b.*.name" } }
                  - { note: a, report: r }
                  - { problem: a, report: r, remedy: m, when: { atMostOne: [{ has: a }, { has: b }] } }
                  - { each: "a.*", rules: [{ move: x, to: y }], when: { all: [{ has: a }] } }
                """);
        RuleFolder.Loaded loaded = RuleFolder.read(root, RECIPES);
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.books().get("lamp").files().get(0).rules()).hasSize(15);
    }

    @Test
    void shouldReadEveryRuleFileThatUpstepBrings() {
        assertThat(RuleFolder.read(RECIPES).problems()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(rules.resolve(name), text);
    }
}
