package io.upstep.configuration;

import static io.upstep.configuration.Rules.lines;
import static io.upstep.configuration.Rules.migration;
import static io.upstep.configuration.Rules.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each kind of rule does, and what it says about it. */
class MigrationTest {

    @Test
    void shouldMoveAndKeepOrderAndCommentsWhenThePlaceIsFree() {
        Result result = migration("{ move: nodeSelectors.core, to: nodeSelector }")
                .run("# mine\na: 1\n\n# where it runs\nnodeSelectors:\n  core:\n    disk: ssd # fast\nz: 'yes'\n");
        assertThat(result.config())
                .isEqualTo("# mine\na: 1\n\n# where it runs\nnodeSelector:\n  disk: ssd # fast\nz: 'yes'\n");
        assertThat(lines(result))
                .containsExactly("kept: a", "moved: nodeSelectors.core.disk -> nodeSelector.disk", "kept: z");
        assertThat(result.report().notes()).isEmpty();
        assertThat(result.valid()).isTrue();
    }

    @Test
    void shouldSayWhichCommentsAreLostWhenTheirKeyIsTakenOut() {
        Result result =
                migration("{ remove: b, report: 'Gone.' }").run("a: 1\n# of b, which had 3 ends\nb: 2 # two\nc: 3\n");
        assertThat(result.config()).isEqualTo("a: 1\nc: 3\n");
        assertThat(result.report().notes())
                .containsExactly("Comments of these lines of the old document are not in the new one: 2, 3.");
    }

    @Test
    void shouldMoveIntoItsOwnParentWhenNothingElseIsLeftThere() {
        Result result = migration(
                        "{ remove: tolerations.jobs, report: 'Enter it again.', where: web-ui }",
                        "{ move: tolerations.core, to: tolerations }")
                .run("tolerations:\n  core:\n    - key: a\n  jobs: []\nx: 1\n");
        assertThat(result.config()).isEqualTo("tolerations:\n  - key: a\nx: 1\n");
        assertThat(lines(result))
                .containsExactly(
                        "moved: tolerations.core.0.key -> tolerations.0.key",
                        "removed: tolerations.jobs [web-ui]: Enter it again.",
                        "kept: x");
    }

    @Test
    void shouldLeaveBothAndSaySoWhenAnotherValueIsThere() {
        Result result = migration("{ move: a.b, to: c }").run("a: {b: 1}\nc: 2\n");
        assertThat(result.config()).isEqualTo("a: {b: 1}\nc: 2\n");
        assertThat(lines(result)).containsExactly("conflict: a.b", "kept: c");
        assertThat(problems(result))
                .singleElement()
                .asString()
                .startsWith("error conflict at a.b (line 1): Expected 'c'");
        assertThat(result.valid()).isFalse();
    }

    @Test
    void shouldMergeMapsAndLeaveOnlyTheLeafBehindThatIsInConflictWhenToldTo() {
        Result result = migration("{ move: rabbitmq, to: rabbitmq-ha, merge: true }")
                .run("rabbitmq: {user: a, port: 1}\nrabbitmq-ha: {port: 2}\n");
        assertThat(Rules.json(result.config()))
                .isEqualTo(Rules.json("{rabbitmq: {port: 1}, rabbitmq-ha: {port: 2, user: a}}"));
        assertThat(lines(result))
                .containsExactly(
                        "moved: rabbitmq.user -> rabbitmq-ha.user",
                        "conflict: rabbitmq.port",
                        "kept: rabbitmq-ha.port");
    }

    @Test
    void shouldRenameEverywhereInPlaceWhenThePathHasAnyDepth() {
        Result result = migration("{ rename: '**.logSleepInterval', to: sleepInterval }")
                .run("logSleepInterval: 1\nmonitors:\n  logSleepInterval: 2\n  b: 3\n");
        assertThat(result.config()).isEqualTo("sleepInterval: 1\nmonitors:\n  sleepInterval: 2\n  b: 3\n");
        assertThat(lines(result)).contains("renamed: monitors.logSleepInterval -> monitors.sleepInterval");
    }

    @Test
    void shouldReportEveryLeafWithItsPlaceWhenASubtreeIsRemoved() {
        Result result = migration("{ remove: 'integrations.*', report: 'Enter it again.', where: web-ui }")
                .run("integrations:\n  slack:\n    - url: https://hooks\n      channel: ops\nx: 1\n");
        assertThat(result.config()).isEqualTo("x: 1\n");
        assertThat(result.report().toReEnter())
                .extracting("path", "was")
                .containsExactly(
                        tuple("integrations.slack.0.url", "\"https://hooks\""),
                        tuple("integrations.slack.0.channel", "\"ops\""));
        assertThat(result.report().changes()).singleElement().extracting("path").isEqualTo("integrations.slack");
    }

    @Test
    void shouldSplitAtTheLastOccurrenceOnlyBehindTheLastSlash() {
        Migration migration = migration("{ split: image, into: [image.repository, image.tag], at: ':', after: '/' }");
        assertThat(migration.run("image: host:5000/redis:4.0\n").config())
                .isEqualTo("image:\n  repository: \"host:5000/redis\"\n  tag: \"4.0\"\n"
                        .replace("\"host:5000/redis\"", "host:5000/redis"));
        Result untagged = migration.run("image: host:5000/redis\n");
        assertThat(untagged.config()).isEqualTo("image:\n  repository: host:5000/redis\n");
        assertThat(lines(untagged)).containsExactly("moved: image -> image.repository");
        assertThat(migration.run(untagged.config()).config()).isEqualTo(untagged.config());
    }

    @Test
    void shouldNotAskForEnteringAgainASecretThatWasNeverSet() {
        Result result = migration("{ remove: auth, report: 'Enter it again.', where: web-ui, secret: true }")
                .run("auth:\n  clientSecret: ''\n  keys: []\n  token: {}\n  password: set\n");
        assertThat(result.report().toReEnter())
                .extracting("path", "was")
                .containsExactly(tuple("auth.password", "***"));
    }

    @Test
    void shouldShowTheKeyOfATolerationAndHideAnyOther() {
        Result result = migration("{ remove: t, report: 'Enter it again.', where: web-ui }")
                .run("t:\n  - key: gpu\n    operator: Exists\n  - key: hunter2\n");
        assertThat(result.report().toReEnter()).extracting("was").containsExactly("\"gpu\"", "\"Exists\"", "***");
    }

    @Test
    void shouldSplitATextOfAnyLength() {
        String name = "a".repeat(20_000);
        Result result = migration("{ split: image, into: [image.repository, image.tag], at: ':' }")
                .run("image: " + name + ":4\n");
        assertThat(Rules.json(result.config()).at("/image/repository").asText()).isEqualTo(name);
    }

    @Test
    void shouldPutListsMapsAndTextsTogetherWhenMerging() {
        assertThat(migration("{ merge: [a, b], to: c, distinct: true }")
                        .run("a: [1, 2]\nb: [2, 3]\n")
                        .config())
                .isEqualTo("c: [1, 2, 3]\n");
        assertThat(Rules.json(migration("{ merge: [a, b], to: c }")
                        .run("a: {x: 1}\nb: {y: 2}\n")
                        .config()))
                .isEqualTo(Rules.json("c: {x: 1, y: 2}"));
        Result joined = migration("{ merge: [a, b], to: c, with: ':' }").run("a: redis\nb: 4\n");
        assertThat(joined.config()).isEqualTo("c: redis:4\n");
        assertThat(lines(joined))
                .containsExactly(
                        "converted: a -> c (\"redis\" -> \"redis:4\")", "converted: b -> c (4 -> \"redis:4\")");
        assertThat(migration("{ merge: [a, b], to: c }").run("a: x\nb: [y]\n").config())
                .isEqualTo("c:\n- x\n- y\n");
    }

    @Test
    void shouldWriteADefaultOutOnlyWhenNothingIsThere() {
        Migration migration = migration("{ default: broker, value: rabbitmq, because: 'The default became redis.' }");
        Result result = migration.run("a: 1\n");
        assertThat(result.config()).isEqualTo("a: 1\nbroker: rabbitmq\n");
        assertThat(lines(result)).contains("defaulted: broker = \"rabbitmq\": The default became redis.");
        assertThat(migration.run("broker: redis\n").config()).isEqualTo("broker: redis\n");
        assertThat(migration.run("broker:\n").config()).isEqualTo("broker:\n");
    }

    @Test
    void shouldSetOnlyWhenTheConditionHolds() {
        Migration migration =
                migration("{ set: postgresql.enabled, value: false, when: { has: postgresql.externalPostgresHost } }");
        Result result = migration.run("postgresql:\n  enabled: true\n  externalPostgresHost: db\n");
        assertThat(result.config()).isEqualTo("postgresql:\n  enabled: false\n  externalPostgresHost: db\n");
        assertThat(lines(result)).contains("converted: postgresql.enabled (true -> false)");
        assertThat(migration.run("postgresql:\n  enabled: true\n").config())
                .isEqualTo("postgresql:\n  enabled: true\n");
    }

    @Test
    void shouldTranslateConvertAndWrap() {
        Result result = migration(
                        "{ map: serviceType, values: { Lb: LoadBalancer }, otherwise: problem }",
                        "{ convert: '**.port', to: integer }",
                        "{ wrap: refs, in: list }",
                        "{ wrap: sel, in: map, key: core }")
                .run("serviceType: Lb\ndb: {port: \"5432\"}\nrefs: one\nsel: {a: b}\n");
        assertThat(Rules.json(result.config()))
                .isEqualTo(
                        Rules.json("{serviceType: LoadBalancer, db: {port: 5432}, refs: [one], sel: {core: {a: b}}}"));
        assertThat(lines(result))
                .containsExactly(
                        "converted: serviceType (\"Lb\" -> \"LoadBalancer\")",
                        "converted: db.port (\"5432\" -> 5432)",
                        "moved: refs -> refs.0",
                        "moved: sel.a -> sel.core.a");
    }

    @Test
    void shouldSayWhatCannotBeConvertedAndKeepIt() {
        Result result = migration(
                        "{ convert: port, to: integer }", "{ map: kind, values: { a: b }, otherwise: problem }")
                .run("port: many\nkind: z\n");
        assertThat(result.config()).isEqualTo("port: many\nkind: z\n");
        assertThat(result.problems()).extracting("path", "line").containsExactly(tuple("port", 1), tuple("kind", 2));
    }

    @Test
    void shouldApplyRulesToEachPartAndKeepTheCountOfAListWhenAnElementIsEmptied() {
        Result result = migration(
                        "{ each: 'environment.worker.*', rules: [{ move: persistence.data, to: data_refs }, { remove: outputs, report: 'Dropped.' }] }")
                .run("environment:\n  worker:\n    - outputs: {jobs: [1]}\n    - persistence:\n        data: [d]\n");
        assertThat(result.config()).isEqualTo("environment:\n  worker:\n    - {}\n    - data_refs: [d]\n");
        assertThat(lines(result))
                .contains(
                        "moved: environment.worker.1.persistence.data.0 -> environment.worker.1.data_refs.0",
                        "emptied: environment.worker.0 = {}: Dropped.");
    }

    @Test
    void shouldFillWildcardsOfTheTargetWithWhatTheyStoodFor() {
        Result result = migration("{ move: 'environment.*.persistence.data', to: 'environment.*.data_refs' }")
                .run("environment: {a: {persistence: {data: [1]}}, b: {persistence: {data: [2]}}}\n");
        assertThat(Rules.json(result.config()))
                .isEqualTo(Rules.json("environment: {a: {data_refs: [1]}, b: {data_refs: [2]}}"));
    }

    @Test
    void shouldCopyNoteAndRefuse() {
        Result result = migration(
                        "{ copy: a, to: b.c }",
                        "{ note: a, report: 'Still taken.', where: web-ui }",
                        "{ problem: z, report: 'Not both.', remedy: 'Drop one.', when: { has: a } }")
                .run("a: 1\nz: 2\n");
        assertThat(result.config()).isEqualTo("a: 1\nz: 2\nb:\n  c: 1\n");
        assertThat(lines(result)).containsExactly("kept: a: Still taken.", "kept: z", "copied: b.c = 1");
        assertThat(problems(result)).containsExactly("error refused at z (line 2): Not both. Drop one.");
    }

    @Test
    void shouldLetNothingGiveWayWhenSomethingMovesThere() {
        Result result = migration("{ move: a, to: b }").run("a: 1\nb: {}\n");
        assertThat(result.config()).isEqualTo("b: 1\n");
        assertThat(lines(result)).containsExactly("moved: a -> b", "replaced: b");
    }

    @Test
    void shouldPutTwoIntoOneWhenTheyAreEqual() {
        Result result = migration("{ move: a, to: b }").run("a: {x: 1, y: [2]}\nb: {y: [2], x: 1}\n");
        assertThat(result.config()).isEqualTo("b: {y: [2], x: 1}\n");
        assertThat(lines(result))
                .containsExactly("moved: a.x -> b.x", "moved: a.y.0 -> b.y.0", "kept: b.y.0", "kept: b.x");
        assertThat(result.valid()).isTrue();
    }

    @Test
    void shouldSettleAConflictByAnAnswer() {
        Migration migration = migration("{ move: a.b, to: c }");
        Result kept =
                migration.withAnswers(Map.of("c", Rules.json("v: 7").get("v"))).run("a: {b: 1}\nc: 2\n");
        assertThat(kept.config()).isEqualTo("c: 7\n");
        assertThat(kept.valid()).isTrue();
        assertThat(lines(kept))
                .containsExactly(
                        "removed: a.b [nowhere]: Taken out by an answer.",
                        "converted: c (2 -> 7): Given as an answer.");
        Result fresh = migration
                .withAnswers(Map.of("x.password", Rules.json("v: hunter2").get("v")))
                .run("q: 1\n");
        assertThat(lines(fresh))
                .contains("answered: x.password = \"***\"".replace("\"***\"", "***") + ": Given as an answer.");
    }

    @Test
    void shouldBeTheSameWhenRunTwice() {
        Migration migration = migration("{ default: a.b, value: 1 }", "{ move: c, to: d }");
        assertThat(migration.run("c: 1\n")).isEqualTo(migration.run("c: 1\n"));
    }
}
