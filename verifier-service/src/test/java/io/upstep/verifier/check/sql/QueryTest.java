package io.upstep.verifier.check.sql;

import static io.upstep.verifier.Patiently.SOON;
import static io.upstep.verifier.Patiently.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.upstep.event.CheckSpec;
import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.event.Verdict;
import io.upstep.verifier.MovableClock;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckRunner;
import io.upstep.verifier.check.Checks;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.Workers;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MissingSecretException;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryTest {
    private static final String MIGRATIONS = "select app, name from django_migrations order by 1, 2";
    private static final TestDatabase SERVER = TestDatabase.shared();

    private final MockCluster cluster = new MockCluster();
    private VerifierConfig config = cluster.config("query-rows", "50");

    @BeforeAll
    static void create() {
        SERVER.create("polyaxon", """
                create table django_migrations (id serial, app text, name text, at timestamptz);
                insert into django_migrations (app, name, at)
                    values ('db', '0020', '2026-11-20 12:00:00+00'), ('auth', '0001', null);
                create table db_user (name text, password text, token text);
                insert into db_user values ('ada', 'hush', 'hush')""");
    }

    @BeforeEach
    void login() {
        TestDatabase.login(cluster);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldTellRowsByTheirColumns() throws Exception {
        Fact fact = query(MIGRATIONS, "");

        assertThat(fact.value()).isEqualTo(json("[{'app':'auth','name':'0001'},{'app':'db','name':'0020'}]"));
        assertThat(fact.source()).isEqualTo("database polyaxon on localhost:" + SERVER.port() + ": " + MIGRATIONS);
    }

    @Test
    void shouldTellOneValueWithItsType() throws Exception {
        assertThat(query("select count(*) from django_migrations", "as: value").value())
                .hasToString("2");
        assertThat(query("select to_regclass('public.db_project') is not null", "as: value")
                        .value())
                .isEqualTo(json("false"));
        assertThat(query("select 1.5::numeric", "as: value").value()).hasToString("1.5");
        assertThat(query("select '{\"a\": 1}'::jsonb", "as: value").value()).isEqualTo(json("{'a':1}"));
        assertThat(query("select app from django_migrations where false", "as: value")
                        .unknown())
                .contains("brings 0 rows");
        assertThat(query("select app from django_migrations", "as: value").unknown())
                .contains("brings 2 rows");
        assertThat(query("select null", "as: value").unknown()).contains("brings null");
    }

    @Test
    void shouldTellWhatWasAgreedWhenThereIsNoSuchTable() throws Exception {
        assertThat(query("select * from db_project", "").unknown())
                .contains("42P01")
                .contains("does not exist");
        assertThat(query("select * from db_project", "ifNoTable: []").value()).isEqualTo(json("[]"));
        assertThat(query("select * from nowhere.x", "ifNoTable: none").value().asText())
                .isEqualTo("none");
        assertThat(query("select nothing from django_migrations", "ifNoTable: []")
                        .unknown())
                .contains("42703");
    }

    @Test
    void shouldNotTellColumnsThatLookSecret() throws Exception {
        assertThat(query("select name, password, token from db_user", "").value())
                .isEqualTo(json("[{'name':'ada','password':'***','token':'***'}]"));
    }

    @Test
    void shouldNotTellAWrongValueInPlaceOfOneThatLooksSecret() throws Exception {
        assertThat(query("select password from db_user", "as: value").unknown()).contains("looks secret");
        assertThat(query("select 'postgres://ada:hush@db/x'", "as: value").unknown())
                .contains("looks secret")
                .doesNotContain("brings null");
        assertThat(query("select count(*) as tokens from db_user", "as: value").value())
                .hasToString("1");
        assertThat(query("select count(*) as tokens from db_user", "").value()).hasToString("[{\"tokens\":1}]");
        assertThat(check("select count(*) as tokens from db_user", "0").result())
                .isEqualTo(Result.FAILED);
    }

    @Test
    void shouldCompareWhatItDoesNotTell() throws Exception {
        assertThat(check("select password from db_user", "hush").result()).isEqualTo(Result.PASSED);
        Evidence evidence = check("select password from db_user", "'***'");
        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.actual()).isEqualTo("1 row: [{\"password\":\"***\"}]");
    }

    @Test
    void shouldNotKnockForEverWithALoginThatIsRefusedNorLookForADatabaseNobodyNamed() {
        MovableClock clock = new MovableClock();
        Workers workers = new Workers(config);
        CheckRunner runner = new CheckRunner(
                new Checks(List.of(new QueryCheck(new Databases(config), config))), workers, config, clock);
        AtomicInteger rounds = new AtomicInteger();
        String refused = SERVER.connection("polyaxon").replace("database:", "user: nobody, database:");

        CompletableFuture<Verdict> nowhere = run(runner, "{host: '', database: x, secretRef: {name: login}}", rounds);
        assertThat(nowhere).succeedsWithin(SOON).isInstanceOf(Verdict.Unknown.class);
        assertThat(rounds).hasValue(0);
        CompletableFuture<Verdict> knocking = run(runner, refused, rounds);
        await().until(() -> rounds.get() > 1);
        assertThat(knocking).isNotDone();
        clock.advance(Duration.ofSeconds(31));

        assertThat(knocking).succeedsWithin(SOON).isInstanceOf(Verdict.Unknown.class);
        workers.close();
    }

    private CompletableFuture<Verdict> run(CheckRunner runner, String connection, AtomicInteger rounds) {
        return runner.run(
                        MockCluster.PLAN,
                        MockCluster.INSTALLATION,
                        cluster.reader(),
                        List.of(new CheckSpec(
                                "postgres.query",
                                Looking.yaml("{connection: " + connection + ", query: select 1, expected: 1}"),
                                Duration.ofMinutes(5))),
                        seen -> rounds.incrementAndGet())
                .toCompletableFuture();
    }

    @Test
    void shouldOnlyReadWhateverTheQuerySays() throws Exception {
        assertThat(query("with gone as (delete from db_user returning *) select count(*) from gone", "")
                        .unknown())
                .contains("read-only transaction");
        assertThat(query("select set_config('transaction_read_only', 'off', true)", "")
                        .unknown())
                .contains("transaction read-write mode must be set before any query");
        for (String bad : List.of(
                "delete from db_user",
                "select 1; delete from db_user",
                "commit",
                "",
                "explain analyze delete from db_user")) {
            assertThatThrownBy(() -> query(bad, "")).as(bad).isInstanceOf(BadParametersException.class);
        }
        assertThat(query("select count(*) from db_user", "as: value").value()).hasToString("1");
    }

    @Test
    void shouldNotTellAPartWhenThereAreTooManyRows() {
        assertThatThrownBy(() -> query("select * from generate_series(1, 51)", ""))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("more than 50 rows");
        assertThatThrownBy(() -> query("select 1 as a, 2 as a", ""))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("two columns called a");
        assertThatThrownBy(() -> query("select repeat('a', 1000000) from generate_series(1, 50)", ""))
                .isInstanceOf(NoAnswerException.class);
    }

    @Test
    void shouldNotTellMoreThanAFactMayHold() throws Exception {
        assertThat(query("select repeat('a', 4000) as a, repeat('b', 4000) as b from generate_series(1, 40)", "")
                        .unknown())
                .contains("more than the 262144 a fact may have");
    }

    @Test
    void shouldEndAQueryThatTakesTooLong() throws Exception {
        config = cluster.config("query-timeout", "200ms");
        assertThat(query("select pg_sleep(60)", "").unknown()).contains("57014").contains("statement timeout");
    }

    @Test
    void shouldSayWhoAsks() throws Exception {
        assertThat(query("select application_name from pg_stat_activity where pid = pg_backend_pid()", "as: value")
                        .value()
                        .asText())
                .isEqualTo("upstep-verifier");
    }

    @Test
    void shouldBeUnknownWhenTheConnectionIsLeftEmpty() throws Exception {
        assertThat(nowhere("{host: '', service: '', database: x, secretRef: {name: login}}"))
                .isEqualTo("no database to ask: 'connection.host' or 'connection.service' is empty");
        assertThat(nowhere("{host: localhost, database: '', secretRef: {name: login}}"))
                .contains("'connection.database' is empty");
        assertThat(nowhere("{host: localhost, database: x, secretRef: {name: ''}}"))
                .contains("'connection.secretRef.name' is empty");
        assertThat(nowhere("{host: localhost, database: x}")).contains("secretRef");
        assertThatThrownBy(() -> nowhere("{host: a, service: b, database: x, secretRef: {name: login}}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("came both");
        assertThatThrownBy(() -> nowhere("{host: 'a b', database: x, secretRef: {name: login}}"))
                .isInstanceOf(BadParametersException.class);
    }

    @Test
    void shouldNotAskWithoutTheSecretAndNeverSayWhatIsInIt() {
        String other = SERVER.connection("polyaxon").replace("login", "other");
        assertThatThrownBy(() -> observe(new ServerVersionProbe(new Databases(config), config), "connection: " + other))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("expected Secret other in namespace polyaxon");
        String key = SERVER.connection("polyaxon").replace("name: login", "name: login, passwordKey: pw");
        assertThatThrownBy(() -> observe(new ServerVersionProbe(new Databases(config), config), "connection: " + key))
                .isInstanceOf(MissingSecretException.class)
                .hasMessageContaining("the key 'pw' in Secret login, came only [username, password]")
                .hasMessageNotContaining(TestDatabase.PASSWORD);
    }

    @Test
    void shouldTellTheServersVersion() throws Exception {
        Fact fact = observe(
                new ServerVersionProbe(new Databases(config), config), "connection: " + SERVER.connection("postgres"));

        assertThat(fact.value().asText()).matches("15\\.\\d+");
    }

    @Test
    void shouldGetNoAnswerWhenTheServerIsGoneOrSilent() throws Exception {
        int port;
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = silent.getLocalPort();
            config = cluster.config("connect-timeout", "300ms", "request-timeout", "300ms", "query-timeout", "300ms");
            String with = "{connection: {host: localhost, port: " + port
                    + ", database: x, secretRef: {name: login}, sslMode: disable}}";

            assertThatThrownBy(() -> observe(new ServerVersionProbe(new Databases(config), config), with))
                    .isInstanceOf(NoAnswerException.class)
                    .hasMessageContaining("database x on localhost:" + port + " cannot be asked");
        }
        String gone = "{connection: {host: localhost, port: " + port + ", database: x, secretRef: {name: login}}}";
        assertThatThrownBy(() -> observe(new ServerVersionProbe(new Databases(config), config), gone))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("cannot be asked");
    }

    @Test
    void shouldSayThatADatabaseOrALoginIsNotThere() throws Exception {
        assertThat(observe(
                                new ServerVersionProbe(new Databases(config), config),
                                "connection: " + SERVER.connection("nowhere"))
                        .unknown())
                .contains("3D000");
        Evidence evidence = Looking.at(
                        cluster,
                        new QueryCheck(new Databases(config), config),
                        "{connection: " + SERVER.connection("polyaxon").replace("database:", "user: nobody, database:")
                                + ", query: select 1, expected: 1}")
                .get(0);
        assertThat(evidence.result()).isEqualTo(Result.UNKNOWN);
        assertThat(evidence.actual()).contains("28").contains("nobody").doesNotContain(TestDatabase.PASSWORD);
    }

    @Test
    void shouldJudgeWhatAQueryBrings() throws Exception {
        assertThat(check("select count(*) from django_migrations", "2").result())
                .isEqualTo(Result.PASSED);
        assertThat(check("select count(*) from django_migrations", "'2'").result())
                .isEqualTo(Result.PASSED);
        assertThat(check(MIGRATIONS, "{rows: 2}").result()).isEqualTo(Result.PASSED);
        assertThat(check(MIGRATIONS, "[[auth, '0001'], {name: '0020', app: db}]")
                        .result())
                .isEqualTo(Result.PASSED);
        assertThat(check("select app from django_migrations order by 1", "[auth, db]")
                        .result())
                .isEqualTo(Result.PASSED);
        assertThat(check("select 1 from django_migrations where app = 'coredb'", "none")
                        .result())
                .isEqualTo(Result.PASSED);

        Evidence evidence = check("select count(*) from django_migrations where app = 'coredb'", "3");
        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.expected()).isEqualTo("3");
        assertThat(evidence.actual()).isEqualTo("1 row: [{\"count\":0}]");
        for (String wrong : List.of("{rows: 1}", "none", "[]", "[[auth, '0001']]", "[[auth, x], [db, '0020']]", "2")) {
            assertThat(check(MIGRATIONS, wrong).result()).as(wrong).isEqualTo(Result.FAILED);
        }
    }

    @Test
    void shouldFailWhenTheTableIsNotThereAndNotKnowWhenTheQueryIsWrong() throws Exception {
        Evidence missing = check("select count(*) from db_project", "0");
        assertThat(missing.result()).isEqualTo(Result.FAILED);
        assertThat(missing.actual()).contains("relation \"db_project\" does not exist");
        assertThat(check("select nothing from db_user", "0").result()).isEqualTo(Result.UNKNOWN);
        config = cluster.config("query-timeout", "200ms");
        assertThat(check("select pg_sleep(60)", "0").result()).isEqualTo(Result.UNKNOWN);
        assertThatThrownBy(() -> check("select 1", "{some: thing}")).isInstanceOf(BadParametersException.class);
    }

    private Evidence check(String query, String expected) throws BadParametersException {
        return look(new QueryCheck(new Databases(config), config), query, "expected: " + expected);
    }

    private Fact query(String query, String more) throws BadParametersException {
        return observe(new QueryProbe(new Databases(config), config), with(query, more));
    }

    private String nowhere(String connection) throws BadParametersException {
        return observe(new ServerVersionProbe(new Databases(config), config), "connection: " + connection)
                .unknown();
    }

    private <P> Evidence look(Check<P> check, String query, String more) throws BadParametersException {
        return Looking.at(cluster, check, with(query, more)).get(0);
    }

    private <P> Fact observe(Probe<P> probe, String with) throws BadParametersException {
        return Looking.at(cluster, probe, with);
    }

    private static String with(String query, String more) {
        return "connection: " + SERVER.connection("polyaxon") + "\nquery: \"" + query.replace("\"", "\\\"") + "\"\n"
                + more;
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
