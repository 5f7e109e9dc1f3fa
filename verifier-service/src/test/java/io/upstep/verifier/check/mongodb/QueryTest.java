package io.upstep.verifier.check.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.NoAnswerException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest extends MongodbTestBase {
    private static final String VERSIONS = "database: backend, collection: versions";

    @BeforeEach
    void fill() {
        start("3.6.23");
        insert(
                "backend",
                "versions",
                "{_id: {$oid: '5f0000000000000000000001'}, num: '0.15.0', at: {$date: '2020-01-01T00:00:00Z'}, n: {$numberLong:"
                        + " '5000000000'}, by: {name: 'ada'}}",
                "{_id: {$oid: '5f0000000000000000000002'}, num: '0.16.0', n: 2}");
        insert("auth", "user", "{_id: 'u', name: 'ada', secret_key: 'hush'}");
    }

    @Test
    void shouldTellDocumentsWithPlainValues() throws Exception {
        Fact fact = probe(VERSIONS + ", sort: {num: 1}, limit: 1");

        assertThat(fact.value())
                .hasToString(
                        "[{\"_id\":\"5f0000000000000000000001\",\"num\":\"0.15.0\",\"at\":\"2020-01-01T00:00:00Z\","
                                + "\"n\":5000000000,\"by\":{\"name\":\"ada\"}}]");
        assertThat(fact.source())
                .isEqualTo("MongoDB on 127.0.0.1:" + server.port() + ": backend.versions by {\"num\":1}");
    }

    @Test
    void shouldTellTheValuesOfAField() throws Exception {
        assertThat(probe(VERSIONS + ", sort: {num: -1}, field: num").value()).hasToString("[\"0.16.0\",\"0.15.0\"]");
        assertThat(probe(VERSIONS + ", sort: {num: -1}, field: by.name").value())
                .hasToString("[null,\"ada\"]");
    }

    @Test
    void shouldCount() throws Exception {
        assertThat(probe(VERSIONS + ", as: count").value()).hasToString("2");
        assertThat(probe(VERSIONS + ", as: count, filter: {num: {$gt: '0.15.0'}}")
                        .value())
                .hasToString("1");
        assertThat(probe("database: backend, collection: nothing, as: count").value())
                .hasToString("0");
    }

    @Test
    void shouldTellOneValue() throws Exception {
        assertThat(probe(VERSIONS + ", sort: {num: -1}, limit: 1, as: value, field: num")
                        .value())
                .hasToString("\"0.16.0\"");
        assertThat(probe(VERSIONS + ", filter: {num: '0.15.0'}, as: value, field: n")
                        .value())
                .hasToString("5000000000");
    }

    @Test
    void shouldNotTellAValueWhenThereIsNotOne() {
        assertThatThrownBy(() -> probe(VERSIONS + ", as: value, field: num"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("brings 2 documents, expected one");
        assertThatThrownBy(() -> probe(VERSIONS + ", filter: {num: '1'}, as: value, field: num"))
                .hasMessageContaining("brings 0 documents");
        assertThatThrownBy(() -> probe(VERSIONS + ", sort: {num: -1}, limit: 1, as: value, field: by"))
                .hasMessageContaining("a document without by");
    }

    @Test
    void shouldTellNothingSecret() throws Exception {
        assertThat(probe("database: auth, collection: user").value())
                .hasToString("[{\"_id\":\"u\",\"name\":\"ada\",\"secret_key\":\"***\"}]");
        assertThat(probe("database: auth, collection: user, as: value, field: secret_key")
                        .unknown())
                .contains("looks secret")
                .doesNotContain("hush");
        assertThat(check("database: auth, collection: user, as: value, field: secret_key, expected: x")
                        .actual())
                .isEqualTo("***");
    }

    @Test
    void shouldNotTellAPartWhenThereIsMoreThanTheLimit() {
        String[] many = new String[51];
        for (int i = 0; i < many.length; i++) {
            many[i] = "{_id: " + i + "}";
        }
        insert("backend", "task", many);

        assertThatThrownBy(() -> probe("database: backend, collection: task"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("more than 50 documents");
    }

    @Test
    void shouldNotKeepMoreThanItCan() {
        String half = "x".repeat(9 * 1024 * 1024);
        insert("backend", "plot", "{_id: 1, plot: '" + half + "'}", "{_id: 2, plot: '" + half + "'}");

        assertThatThrownBy(() -> probe("database: backend, collection: plot"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("more than 16777216 characters");
    }

    @Test
    void shouldJudgeWhatComes() throws Exception {
        assertThat(check(VERSIONS + ", as: count, expected: 2").result()).isEqualTo(Result.PASSED);
        assertThat(check(VERSIONS + ", as: count, expected: 2.0").result()).isEqualTo(Result.PASSED);
        assertThat(check(VERSIONS + ", sort: {num: 1}, field: num, expected: ['0.15.0', '0.16.0']")
                        .result())
                .isEqualTo(Result.PASSED);
        assertThat(check(VERSIONS + ", sort: {num: 1}, limit: 1, as: value, field: n, expected: 5000000000")
                        .result())
                .isEqualTo(Result.PASSED);
        Evidence other = check(VERSIONS + ", as: count, expected: 3");
        assertThat(other.result()).isEqualTo(Result.FAILED);
        assertThat(other.actual()).isEqualTo("2");
    }

    @Test
    void shouldNotKnowWhenTheServerRefuses() throws Exception {
        server.refuse("find", 13, "Unauthorized", "not authorized on backend to execute command");

        assertThat(probe(VERSIONS).unknown()).contains("13 Unauthorized");
        assertThat(check(VERSIONS + ", expected: []").result()).isEqualTo(Result.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database: backend",
                "database: 'a.b', collection: c",
                "database: a, collection: '$cmd'",
                "database: a, collection: c, as: value",
                "database: a, collection: c, as: count, limit: 1",
                "database: a, collection: c, limit: 0",
                "database: a, collection: c, filter: {$where: 'sleep(100000)'}",
                "database: a, collection: c, filter: {$or: [{$expr: {$function: {body: 'x'}}}]}",
                "database: a, collection: c, filter: {a: {$oid: x}}",
            })
    void shouldRefuseWhatIsNoQuery(String with) {
        assertThatThrownBy(() -> probe(with))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("expected");
    }

    private Fact probe(String with) throws BadParametersException {
        return fact(new QueryProbe(mongods(), config), with);
    }

    private Evidence check(String with) throws BadParametersException {
        return evidence(new QueryCheck(mongods(), config), with);
    }
}
