package io.upstep.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the target version would refuse. */
class ValidityTest {

    private static Migration valid(String yaml) {
        return Migration.of(List.of(Rules.file("rules: []\n" + yaml)));
    }

    @Test
    void shouldSayTheSentenceThatDoesNotHold() {
        Migration migration = valid("""
                valid:
                  require:
                    - when: { equals: { redis.enabled: false } }
                      must: { has: externalServices.redis }
                      at: redis.enabled
                      otherwise: Expected externalServices.redis, because redis.enabled is false; came nothing.
                      remedy: Name the Redis to use.
                """);
        assertThat(Rules.problems(migration.run("a: 1\nredis:\n  enabled: no\n")))
                .containsExactly("error invalid at redis.enabled (line 3): Expected externalServices.redis, because"
                        + " redis.enabled is false; came nothing. Name the Redis to use.");
        assertThat(migration
                        .run("redis: {enabled: false}\nexternalServices: {redis: {host: r}}\n")
                        .valid())
                .isTrue();
        assertThat(migration.run("redis: {enabled: true}\n").valid()).isTrue();
    }

    @Test
    void shouldJudgeASentenceForEachPartAndOnlyWarnWhenToldTo() {
        Migration migration = valid("""
                valid:
                  require:
                    - each: "persistence.data.*"
                      must: { atMostOne: [{ has: existingClaim }, { has: hostPath }] }
                      otherwise: Expected one of existingClaim and hostPath, came both.
                      remedy: Keep one.
                    - must: { unique: "connections.*.name" }
                      at: connections
                      otherwise: Expected every name once.
                      remedy: Rename one.
                      level: warning
                """);
        Result result = migration.run(
                "persistence: {data: {a: {hostPath: x}, b: {hostPath: x, existingClaim: y}}}\nconnections: [{name: a}, {name: a}]\n");
        assertThat(result.problems()).extracting("path").containsExactly("persistence.data.b", "connections");
        assertThat(result.valid()).isFalse();
        assertThat(migration.run("connections: [{name: a}, {name: a}]\n").valid())
                .isTrue();
    }

    @Test
    void shouldNotQuoteTheSchemaWhenItSaysWhatMustNotBe() {
        Migration migration = valid("""
                valid:
                  schema:
                    not: { required: [a, b] }
                    expected: a or b; both came
                    remedy: Keep one.
                """);
        assertThat(Rules.problems(migration.run("a: 1\nb: 2\n")))
                .containsExactly("error invalid: Expected a or b; both came. Keep one.");
    }

    @Test
    void shouldFlagOnlyTheTopmostUnknownKeyAndKnowWhatIsBelowAKnownOne() {
        Migration migration = valid("known: [api.service.port, nodeSelector, 'workers.*.replicas', 'deep.**.end']\n");
        Result result =
                migration.run("api: {service: {port: 1, old: {a: 1, b: 2}}, extra: 1}\nnodeSelector: {x: {y: z}}\n"
                        + "workers: {a: {replicas: 1, cpu: 2}}\ndeep: {p: {q: {end: 1}}}\nother: {}\n");
        assertThat(result.problems())
                .extracting("path")
                .containsExactly("api.service.old", "api.extra", "workers.a.cpu", "other");
        assertThat(result.valid()).isTrue();
    }

    @Test
    void shouldNotTellASecretWhenTheSchemaQuotesIt() {
        Migration migration = valid(
                "valid: { schema: { properties: { password: { const: x }, token: { type: integer }, port: { type: integer } } } }\n");
        Result result = migration.run("password: hunter2\ntoken: hunter3\nport: many\n");
        assertThat(result.problems()).hasSize(3);
        assertThat(result.shown().toString()).doesNotContain("hunter");
    }
}
