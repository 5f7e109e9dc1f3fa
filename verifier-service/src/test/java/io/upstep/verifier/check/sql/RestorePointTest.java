package io.upstep.verifier.check.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Watch;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Backups that are what they should be, and backups that are not. */
class RestorePointTest {
    private static final String CONTENT = """
            create schema other;
            create table a (id int, note text);
            insert into a values (1, 'ä'), (2, null);
            create table other."Odd ""name" (id int);
            create table empty (id int);
            create sequence used; select nextval('used'); select nextval('used');
            create sequence unused;
            create table django_migrations (id serial, app text, name text);
            insert into django_migrations (app, name) values ('db', '0020'), ('auth', '0001');
            select lo_from_bytea(4711, 'large');
            create schema upstep; create table upstep.fence (epoch int);
            """;
    private static final TestDatabase SERVER = TestDatabase.shared();

    private final MockCluster cluster = new MockCluster();
    private final VerifierConfig config = cluster.config();
    private final Databases databases = new Databases(config);

    @BeforeEach
    void databases() {
        TestDatabase.login(cluster);
        make("live");
        make("scratch");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldPassWhenTheRestoredDatabaseHoldsWhatTheOtherHeld() throws Exception {
        take("scratch");

        Evidence evidence = proof("");

        assertThat(evidence.result()).isEqualTo(Result.PASSED);
        assertThat(evidence.actual())
                .contains("the same in scratch: 4 tables with 4 rows, 3 sequences, 1 large objects")
                .contains("from live on PostgreSQL 15");
    }

    @Test
    void shouldNotLookAgainWhenItDiffersOrIsNotThere() throws Exception {
        take("scratch");
        assertThat(isHopeless()).isFalse();
        SERVER.run("scratch", "delete from a");
        assertThat(isHopeless()).isTrue();
        take("nowhere");
        assertThat(isHopeless()).isTrue();
        take(null);
        assertThat(isHopeless()).isTrue();
    }

    private boolean isHopeless() {
        Watch watch = new Watch(Clock.systemUTC(), Duration.ofMinutes(1));
        CheckContext context = new CheckContext(
                "postgres.restore-point",
                MockCluster.PLAN,
                MockCluster.INSTALLATION,
                cluster.reader(),
                watch,
                Clock.systemUTC());
        Database server = new Database(
                "localhost",
                null,
                SERVER.port(),
                "live",
                null,
                new Database.SecretRef("login", null, null),
                Database.SslMode.DISABLE);

        new RestorePointCheck(databases, config).look(new RestorePointCheck.With("before", server, null), context);

        return watch.isHopeless();
    }

    @Test
    void shouldFailWhenTheBackupIsOfNothing() throws Exception {
        ObjectNode nothing = fingerprint();
        nothing.putObject("tables");
        nothing.putObject("sequences");
        nothing.putObject("largeObjects").put("count", 0).put("checksum", Md5.of(""));
        nothing.remove("history");
        put(nothing.toString(), "{\"database\": \"bare\"}", MockCluster.PLAN);
        SERVER.create("bare", "select 1");

        assertThat(proof("").result()).isEqualTo(Result.FAILED);
        assertThat(proof("").actual()).contains("of nothing");
    }

    @Test
    void shouldStillPassWhenTheLiveDatabaseHasGoneOn() throws Exception {
        take("scratch");
        SERVER.run("live", "insert into a values (3, 'new')");

        assertThat(proof("").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldNameWhatIsMissingOrDifferent() throws Exception {
        take("scratch");
        broken("delete from a where id = 2", "table public.a: 1, not 2");
        broken(
                "update a set note = 'x' where id = 2",
                "table public.a: 2, as many as in the restore point, but not the same");
        broken("drop table other.\"Odd \"\"name\"", "table other.Odd \"name is missing");
        broken("create table more (id int)", "table public.more is not in the restore point");
        broken("select nextval('used')", "sequence public.used: at 3, not at 2");
        broken("select nextval('unused')", "sequence public.unused: at 1, not at its beginning");
        broken("select lo_unlink(4711)", "large objects: 0, not 1");
        broken("select lo_put(4711, 0, 'L')", "large objects: 1, as many as in the restore point, but not the same");
        broken("delete from django_migrations where app = 'db'", "django_migrations has 1 entries, not the 2");
    }

    @Test
    void shouldNotMindWhatIsUpstepsOwn() throws Exception {
        take("scratch");
        SERVER.run("scratch", "insert into upstep.fence values (1)");

        assertThat(proof("").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldFailWhenItWasNotRestoredYet() throws Exception {
        take(null);

        assertThat(proof("").result()).isEqualTo(Result.FAILED);
        assertThat(proof("").actual()).contains("not restored into a scratch database yet");
        assertThat(proof(", database: scratch").result()).isEqualTo(Result.FAILED);
    }

    @Test
    void shouldFailWhenWhatWasRestoredIsAnEarlierBackup() throws Exception {
        put(
                fingerprint().put("sha256", "new").toString(),
                "{\"database\": \"scratch\", \"sha256\": \"old\"}",
                MockCluster.PLAN);
        assertThat(proof("").result()).isEqualTo(Result.FAILED);

        put(fingerprint().put("sha256", "new").toString(), "{\"database\": \"scratch\"}", MockCluster.PLAN);
        assertThat(proof("").result()).isEqualTo(Result.FAILED);

        put(
                fingerprint().put("sha256", "new").toString(),
                "{\"database\": \"scratch\", \"sha256\": \"new\"}",
                MockCluster.PLAN);
        assertThat(proof("").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldCompareOnlyTheTablesTheBackupIsLimitedTo() throws Exception {
        ObjectNode limited = fingerprint();
        limited.putArray("tablesOnly").add("public.a");
        limited.withObject("/tables").retain("public.a");
        limited.remove("history");
        put(limited.toString(), "{\"database\": \"scratch\"}", MockCluster.PLAN);
        SERVER.run("scratch", "alter table empty add column more int");
        assertThat(proof("").result()).isEqualTo(Result.PASSED);

        SERVER.run("scratch", "delete from a");
        assertThat(proof("").actual()).isEqualTo("1 difference: table public.a: 0, not 2");
    }

    @Test
    void shouldNotTakeATableForAToolsOwnThatIsOnlyCalledLikeIt() throws Exception {
        ObjectNode more = fingerprint();
        more.withObject("/tables")
                .putObject("public.flyway_schema_history")
                .put("rows", 0)
                .put("checksum", Md5.of(""));
        put(more.toString(), "{\"database\": \"scratch\"}", MockCluster.PLAN);
        SERVER.run("scratch", "create table flyway_schema_history (id int)");

        assertThat(proof("").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldNotTakeTheDatabaseItselfForAProof() throws Exception {
        take("live");

        assertThatThrownBy(() -> proof(""))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("proves nothing");
    }

    @Test
    void shouldNotKnowWhenThereIsNoRestorePointOrItCannotBeRead() throws Exception {
        unreadable("expected ConfigMap upstep-restore-point-11111111-before in namespace polyaxon");
        put("{\"format\": 1, \"tables\": {\"public.a\": {\"rows\": 1", "{}", MockCluster.PLAN);
        unreadable("is no restore point that can be read");
        put("{\"format\": 2}", "{}", MockCluster.PLAN);
        unreadable("expected format 1");
        put("{\"format\": 1, \"tables\": {\"public.a\": {\"rows\": 1}}}", "{}", MockCluster.PLAN);
        unreadable("expected a 'rows' and a 'checksum'");
        put(fingerprint().toString(), "{}", "another-plan");
        unreadable("to be of plan " + MockCluster.PLAN + ", it is of another-plan");
    }

    @Test
    void shouldNotKnowWhenTheScratchDatabaseIsGone() throws Exception {
        take("nowhere");

        Evidence evidence = proof("");

        assertThat(evidence.result()).isEqualTo(Result.UNKNOWN);
        assertThat(evidence.actual()).contains("3D000");
    }

    @Test
    void shouldReadAFingerprintThatIsPacked() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(fingerprint().toString().getBytes(StandardCharsets.UTF_8));
        }
        String packed = Base64.getEncoder().encodeToString(bytes.toByteArray());
        ObjectNode map = configMap(MockCluster.PLAN);
        map.putObject("data").put("fingerprint.json.gz", packed).put("proof.json", "{\"database\": \"scratch\"}");
        cluster.put(map.toString());
        assertThat(proof("").result()).isEqualTo(Result.PASSED);

        map.putObject("data").put("proof.json", "{\"database\": \"scratch\"}");
        map.putObject("binaryData").put("fingerprint.json.gz", packed);
        cluster.put(map.toString());
        assertThat(proof("").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldPassWhenTheLiveDatabaseHasAtLeastTheRows() throws Exception {
        take("scratch");
        SERVER.run("live", "insert into django_migrations (app, name) values ('db', '0021')");

        Evidence evidence = same("");
        assertThat(evidence.result()).isEqualTo(Result.PASSED);
        assertThat(evidence.actual()).isEqualTo("4 tables with 5 rows; the restore point has 4");
        assertThat(same("compare: equal-rows").result()).isEqualTo(Result.FAILED);
        assertThat(same("compare: equal-rows, ignore: [django_migrations]").result())
                .isEqualTo(Result.PASSED);
        assertThat(same("compare: checksums, tables: [public.a]").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldFailWhenRowsOrTablesAreLost() throws Exception {
        take("scratch");
        SERVER.run("live", "delete from a where id = 1; insert into a values (7, 'ä')");
        assertThat(same("").result()).isEqualTo(Result.PASSED);
        assertThat(same("compare: checksums").actual()).contains("table public.a has as many rows, but not the same");

        SERVER.run("live", "delete from a; drop table empty");
        Evidence evidence = same("");
        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.actual())
                .isEqualTo("2 differences: table public.a has 0 rows, not 2; table public.empty is missing");
        assertThat(same("ignore: [a, public.empty]").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldFollowATableThatWasRenamed() throws Exception {
        take("scratch");
        SERVER.run("live", "alter table a rename to b; alter table empty set schema other");

        assertThat(same("renamed: {a: b, public.empty: other.empty}").result()).isEqualTo(Result.PASSED);
        assertThat(same("renamed: {a: c}").actual()).contains("table public.c is missing");
    }

    @Test
    void shouldNotCompareNothing() throws Exception {
        take("scratch");

        assertThatThrownBy(() -> same("tables: [nowhere]"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("nothing to compare it with");
        assertThatThrownBy(() -> same("ignore: [a, empty, django_migrations, 'Odd \"name']"))
                .isInstanceOf(NoAnswerException.class);
        assertThatThrownBy(() -> same("tables: [a], ignore: [a]")).isInstanceOf(BadParametersException.class);
    }

    private void broken(String sql, String difference) throws BadParametersException {
        make("scratch");
        SERVER.run("scratch", sql);

        Evidence evidence = proof("");

        assertThat(evidence.result()).as(sql).isEqualTo(Result.FAILED);
        assertThat(evidence.actual()).contains(difference);
    }

    private void unreadable(String reason) {
        assertThatThrownBy(() -> proof(""))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining(reason);
    }

    private static void make(String database) {
        SERVER.create(database, CONTENT);
    }

    private Evidence proof(String more) throws BadParametersException {
        return Looking.at(
                        cluster,
                        new RestorePointCheck(databases, config),
                        "{name: before, connection: " + SERVER.connection("live") + more + "}")
                .get(0);
    }

    private Evidence same(String more) throws BadParametersException {
        String with =
                "{name: before, connection: " + SERVER.connection("live") + (more.isEmpty() ? "" : ", " + more) + "}";
        return Looking.at(cluster, new SameDataCheck(databases, config), with).get(0);
    }

    /** As an executor notes it. */
    private void take(String scratch) throws IOException, BadParametersException {
        put(fingerprint().toString(), scratch == null ? null : "{\"database\": \"" + scratch + "\"}", MockCluster.PLAN);
    }

    private void put(String fingerprint, String proof, String plan) {
        ObjectNode map = configMap(plan);
        map.putObject("data").put("fingerprint.json", fingerprint);
        if (proof != null) {
            map.withObject("/data").put("proof.json", proof);
        }
        cluster.put(map.toString());
    }

    private static ObjectNode configMap(String plan) {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        map.put("apiVersion", "v1").put("kind", "ConfigMap");
        ObjectNode metadata = map.putObject("metadata");
        metadata.put("name", "upstep-restore-point-11111111-before")
                .putObject("labels")
                .put("upstep.io/plan", plan);
        return map;
    }

    private static ObjectNode fingerprint() {
        return Looking.yaml("""
                format: 1
                database: live
                serverVersion: 15.18
                takenAt: 2026-11-20T12:00:00Z
                tables:
                  public.a: {rows: 2, checksum: %s}
                  public.empty: {rows: 0, checksum: d41d8cd98f00b204e9800998ecf8427e}
                  'other.Odd "name': {rows: 0, checksum: d41d8cd98f00b204e9800998ecf8427e}
                  public.django_migrations: {rows: 2, checksum: %s}
                sequences: {public.used: 2, public.unused: null, public.django_migrations_id_seq: 2}
                largeObjects: {count: 1, checksum: %s}
                history: {django_migrations: [[auth, '0001'], [db, '0020']]}
                """.formatted(
                Md5.ofRows("(1,ä)", "(2,)"), Md5.ofRows("(1,db,0020)", "(2,auth,0001)"), Md5.of(Md5.of("large"))));
    }
}
