package io.upstep.executor.action.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintReaderTest extends RestorePointTestBase {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void shouldBeWhatTheExampleSaysWhenItIsTaken() throws IOException {
        postgres.run("alter database shop set datestyle = 'German'; alter database shop set extra_float_digits = 3");
        postgres.run("shop", resource("fingerprint-example.sql"));

        JsonNode taken = MAPPER.valueToTree(taken(null));

        assertThat(MAPPER.readTree(taken.toString())).isEqualTo(MAPPER.readTree(resource("fingerprint-example.json")));
    }

    @Test
    void shouldHaveAsLongAsItTakesWhenApplicationsHaveNot() {
        postgres.run("alter database shop set statement_timeout = '5s';"
                + " alter database shop set idle_in_transaction_session_timeout = '5s'");

        try (Session session = Session.open(postgres.database().named("shop"), older)) {
            assertThat(session.<Long>call(connection -> TraitsReader.number(
                            connection,
                            "select count(*) from pg_settings where name ~ '^(statement|lock|idle_.*)_timeout$'"
                                    + " and setting <> '0'")))
                    .isZero();
        }
    }

    @Test
    void shouldLookAtNoOtherTablesWhenItIsToldWhich() {
        postgres.run("shop", "create table a (n int); create table b (n int)");

        assertThat(taken(List.of("public.b")).tables()).containsOnlyKeys("public.b");
    }

    @Test
    void shouldNameEveryDifferenceWhenTwoAreCompared() {
        Fingerprint one = new Fingerprint(
                Map.of("a", table(1, "x"), "b", table(1, "x"), "c", table(1, "x"), "d", table(1, "x")),
                Map.of("s", 1L),
                new Fingerprint.LargeObjects(1, "x"),
                Map.of("h", List.of(List.of("1"))));
        Fingerprint other = new Fingerprint(
                Map.of("a", table(1, "x"), "b", table(2, "x"), "c", table(1, "y"), "e", table(1, "x")),
                Map.of("s", 2L),
                new Fingerprint.LargeObjects(0, "x"),
                Map.of("h", List.of()));

        assertThat(one.differences(one)).isEmpty();
        assertThat(one.differences(other))
                .containsExactly(
                        "table b: 1 rows became 2",
                        "table c: 1 rows with another content",
                        "table d is missing",
                        "table e was not there",
                        "sequence s: 1 became 2",
                        "large objects: LargeObjects[count=1, checksum=x] became LargeObjects[count=0, checksum=x]",
                        "history h: 1 entries became 0, or others");
    }

    private static Fingerprint.Table table(long rows, String checksum) {
        return new Fingerprint.Table(rows, checksum);
    }

    private Fingerprint taken(List<String> only) {
        try (Session session = Session.open(postgres.database().named("shop"), older)) {
            session.freezePlainly();
            return new FingerprintReader(session).read(only, what -> {});
        }
    }

    static String resource(String name) throws IOException {
        try (var file = FingerprintReaderTest.class.getResourceAsStream("/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
