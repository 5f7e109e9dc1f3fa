package io.upstep.configuration.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are documents, and that an unchanged one is written as it was spelt. */
class DocumentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: yes\nb: 'yes'\nc: 0755\nd: 1_000\ne: ~\nf:\ng: null\n",
                "# head\n\n# of a\na: 1 # beside\n\nb:\n  # of c\n  c: |\n    two\n    lines\n  d: >-\n    folded text\n# tail\n",
                "a: {x: 1, y: [p, q]}\nb: []\nc: {}\n",
                "l:\n  - name: a\n    value: \"b\"\n  - c\n",
                "l:\n- name: a\n- c\n",
                "\"a.b\": 1\n80: x\n'on': 2\n",
                "command: python train.py --lr={{ lr }} --long=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
            })
    void shouldWriteItAsItWasWhenNothingChanged(String text) {
        Document document = Document.read(text);
        assertThat(document.write().text()).isEqualTo(text);
        assertThat(document.write().lostComments()).isEmpty();
    }

    @Test
    void shouldReadScalarsAsHelmDoes() {
        assertThat(Document.read("a: yes\nb: 'yes'\nc: off\nd: 012\ne: 1.50\nf: ~\ng: 1.2.3\nh: y\n")
                        .json())
                .hasToString(
                        "{\"a\":true,\"b\":\"yes\",\"c\":false,\"d\":10,\"e\":1.5,\"f\":null,\"g\":\"1.2.3\",\"h\":\"y\"}");
    }

    @Test
    void shouldWriteAliasesAndMergeKeysOutAndSaySo() {
        Document document = Document.read("base: &b {a: 1, c: 2}\nuse:\n  <<: *b\n  c: 3\nagain: *b\n");
        assertThat(document.json())
                .hasToString("{\"base\":{\"a\":1,\"c\":2},\"use\":{\"c\":3,\"a\":1},\"again\":{\"a\":1,\"c\":2}}");
        assertThat(document.write().text()).doesNotContain("&b", "*b", "<<");
        assertThat(document.notes()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--- # head\na: [1, 2]\n", "a: [ # head\n  1,\n  2 ]\n"})
    void shouldReadItWithoutItsCommentsAndSaySoWhenOneIsWhereTheComposerExpectsNone(String text) {
        Document.Written written = Document.read(text).write();
        assertThat(written.text()).isEqualTo("a: [1, 2]\n");
        assertThat(written.lostComments()).containsExactly(1);
    }

    @Test
    void shouldReadALongTextInTimeThatGrowsWithItsLengthOnly() {
        String text = "a: " + "x".repeat(300_000) + "\nb: " + "token".repeat(60_000) + "\n";
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(Document.read(text).write().text()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# only a comment\n", "---\n", "null\n", "{}"})
    void shouldReadNothingAsAnEmptyMap(String text) {
        assertThat(Document.read(text).json()).isEmpty();
    }

    @Test
    void shouldNameTheLineWhenAKeyIsThereTwice() {
        assertThatThrownBy(() -> Document.read("a: 1\nb: 2\n'a': 3\n"))
                .isInstanceOf(UnreadableException.class)
                .hasMessage("Expected every key of a map once, came 'a' a second time in line 3.");
    }

    @Test
    void shouldRefuseASecondDocumentAndWhatIsNoMap() {
        assertThatThrownBy(() -> Document.read("a: 1\n---\nb: 2\n"))
                .hasMessageContaining("one document")
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> Document.read("- a\n")).hasMessageContaining("came a list");
        assertThatThrownBy(() -> Document.read("hello")).hasMessageContaining("came a text");
        assertThatThrownBy(() -> Document.read("a: !!binary aGk=\n")).hasMessageContaining("a tag");
        assertThatThrownBy(() -> Document.read("lr: {{ lr }}\n")).hasMessageContaining("quotes");
    }

    @Test
    void shouldNotQuoteTheTextWhenItIsNotYaml() {
        assertThatThrownBy(() -> Document.read("password: \"hunter2\n"))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("valid YAML")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldRefuseBombsWithoutBuildingThem() {
        StringBuilder laughs = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
        for (char c = 'b'; c < 'm'; c++) {
            char before = (char) (c - 1);
            laughs.append(c).append(": &").append(c).append(" [");
            laughs.append(("*" + before + ",").repeat(9))
                    .append('*')
                    .append(before)
                    .append("]\n");
        }
        assertThatThrownBy(() -> Document.read(laughs.toString())).hasMessageContaining("at most 20000 values");
        assertThatThrownBy(() -> Document.read("a: &a [*a]\n")).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> Document.read("a: " + "[".repeat(60) + "]".repeat(60)))
                .hasMessageContaining("50 deep");
        assertThatThrownBy(() -> Document.read("a: " + "x".repeat(1 << 20))).hasMessageContaining("1048576 bytes");
        assertThatThrownBy(() -> Document.read("a: \uFFFD")).hasMessageContaining("UTF-8");
    }

    @Test
    void shouldHideSecretsByNameBySiblingAndByLook() {
        Document document = Document.read("""
                password: aa1
                smtp: {authToken: bb2, host: open}
                env:
                  - {name: DB_PASSWORD, value: cc3}
                  - {name: LEVEL, value: debug}
                url: "postgres://me:dd4@db/x"
                args: "--token=ee5"
                other: "smtp://me:ff/6@host"
                header: "Bearer gg7gg7gg7"
                more: [{name: GIT_CREDS, value: hh8}]
                existingSecret: my-secret
                usePassword: true
                """);
        assertThat(Secrecy.scrubbed(
                        "x --password=aa11 TOKEN: bb22 --token cc33 http://u:dd44@h --secret=" + "e5".repeat(20)))
                .isEqualTo("x --password=*** TOKEN: *** --token *** http***h --secret=***");
        assertThat(document.masked())
                .doesNotContain("aa1", "bb2", "cc3", "dd4", "ee5", "ff/6", "gg7", "hh8")
                .contains("open", "debug", "my-secret", "usePassword: true");
    }
}
