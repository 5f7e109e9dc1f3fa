package io.upstep.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Feast is upgraded over REST, by a real Helm and real Flyway on real databases, and what goes wrong is repaired or taken back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FeastIT {
    private static final String HISTORY =
            "select version || ' ' || type from flyway_schema_history where success order by installed_rank";
    private static final String PAIR =
            "insert into jobs_feature_sets select job_id, feature_sets_id from jobs_feature_sets limit 1";

    private FeastLab lab;

    private Path directory;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        lab = FeastLab.start(directory);
    }

    @AfterAll
    void stop() throws IOException {
        if (lab != null) {
            assertThat(lab.violations()).isEmpty();
            assertThat(lab.verbs().cluster().writes().violations()).isEmpty();
            lab.close();
        }
    }

    @Test
    void shouldMigrateFrom05To06AndOnTo07() throws Exception {
        FeastScene scene = lab.scene("feast-up").builtIn().installed("0.5.1", 2);
        String before = counts(scene);

        JsonNode ended = scene.ends(scene.submit("0.7.2", "{}"), "SUCCEEDED");

        assertThat(ended.path("path").toString()).isEqualTo("[\"0.5.1\",\"0.6.2\",\"0.7.2\"]");
        assertThat(ended.at("/completion/running/version/value").asText()).isEqualTo("0.7.2");
        assertThat(scene.rows(HISTORY))
                .containsExactly(
                        "1 BASELINE", "2 SQL", "2.1 SQL", "2.2 SQL", "2.3 SQL", "2.4 SQL", "2.5 SQL", "2.6 SQL");
        assertThat(counts(scene)).isEqualTo(before);
        assertThat(scene.rows("select subscriptions from stores where name <> 'deaf' order by name"))
                .containsExactly("rides:drivers:false", "*:*:false", "rides:*:false,food:*:false");
        assertThat(scene.ready()).as("as many cores as before").isEqualTo(2);
        assertThat(ended.path("warnings").toString()).contains("Sources that no feature set uses", "three parts");
        assertThat(scene.refused("0.8.4", "{}")).contains("blocked-edge", "carry nothing over", "Install it beside");
        assertThat(scene.refused("0.6.2", "{}")).contains("downgrade", "no way to migrate it back");
    }

    @Test
    void shouldRefuseWhateverTheMigrationsWouldFailOnOrLose() throws Exception {
        FeastScene scene = lab.scene("feast-refused").installed("0.5.1", 1);

        refusedWhile(
                scene,
                "update feature_sets set source = null where id = 1",
                "update feature_sets set source = 's1' where id = 1",
                "without a source");
        refusedWhile(
                scene,
                PAIR,
                "delete from jobs_feature_sets a using jobs_feature_sets b where a.ctid > b.ctid and a.job_id = b.job_id"
                        + " and a.feature_sets_id = b.feature_sets_id",
                "more than once");
        refusedWhile(
                scene,
                "update stores set subscriptions = 'a:*,b:c:true' where name = 'one'",
                "update stores set subscriptions = '*:*' where name = 'one'",
                "loses the others without a word");
        refusedWhile(
                scene,
                "update stores set subscriptions = (select string_agg('project_' || n || ':*', ',') from generate_series(1, 20) n)"
                        + " where name = 'one'",
                "update stores set subscriptions = '*:*' where name = 'one'",
                "would not fit their column");
        refusedWhile(
                scene,
                "alter table jobs rename constraint fkhkfwvhc2gei0wqw5h4mfvsy9f to mine",
                "alter table jobs rename constraint mine to fkhkfwvhc2gei0wqw5h4mfvsy9f",
                "not there under that name");
        refusedWhile(
                scene,
                "create table feature_statistics (id int)",
                "drop table feature_statistics",
                "are there already");
        refusedWhile(
                scene,
                "select setval('hibernate_sequence', 1)",
                "select setval('hibernate_sequence', 10000)",
                "is behind the ids");
        refusedWhile(
                scene,
                "alter database feast_refused set search_path = other",
                "alter database feast_refused reset search_path",
                "another schema than public");
        assertThat(scene.refused("0.6.2", "{\"acceptDowntime\": false}")).contains("Core is away");
        assertThat(scene.refused("0.6.2", "{\"databaseName\": \"postgres\"}")).contains("database of another name");
        assertThat(scene.refused("0.8.4", "{}")).contains("blocked-edge");
        assertThat(scene.refused("0.10.0", "{}")).contains("blocked-edge", "another product");
        assertThat(scene.refused("0.4.7", "{}")).contains("downgrade");
        assertThat(scene.ready()).isEqualTo(1);
        assertThat(scene.rows("select count(*) from information_schema.tables where table_name like 'flyway%'"))
                .containsExactly("0");
    }

    @Test
    void shouldGoOnAtTheScriptThatFailedWhenTheDataAreRepaired() throws Exception {
        FeastScene scene = lab.scene("feast-half").installed("0.5.1", 1);
        scene.before("0.6.2", () -> scene.run(PAIR));

        String plan = scene.submit("0.6.2", "{}");
        JsonNode failed = scene.ends(plan, "FAILED");
        assertThat(VerbsLab.steps(failed)).contains("check-data PASSED", "upgrade FAILED");
        assertThat(scene.rows(HISTORY)).containsExactly("1 BASELINE", "2 SQL", "2.1 SQL", "2.2 SQL");
        assertThat(failed.toString()).contains("2.2");

        scene.run(
                "delete from jobs_feature_sets a using jobs_feature_sets b where a.ctid > b.ctid and a.job_id = b.job_id"
                        + " and a.feature_sets_id = b.feature_sets_id");
        assertThat(lab.verbs()
                        .client()
                        .act(plan, "retry", "{\"reason\": \"repaired\"}")
                        .statusCode())
                .isEqualTo(200);

        scene.ends(plan, "SUCCEEDED");
        assertThat(scene.rows(HISTORY)).hasSize(7).endsWith("2.5 SQL");
    }

    @Test
    void shouldGoOnWhenUpstepIsKilledWhileCoreMigrates() throws Exception {
        try (ServiceProcess upstep = lab.verbs().another(directory, "killed")) {
            FeastScene scene = lab.scene("feast-killed").installed("0.5.1", 1).upgradedBy(upstep);
            scene.before("0.6.2", () -> {
                upstep.kill();
                upstep.restart();
            });

            scene.ends(scene.submit("0.6.2", "{}"), "SUCCEEDED");

            assertThat(scene.rows(HISTORY)).hasSize(7).endsWith("2.5 SQL");
        }
    }

    @Test
    void shouldClearAwayATryThatDidNothingAndDuplicatesWhenTheyMayGo() throws Exception {
        FeastScene scene = lab.scene("feast-again").installed("0.5.1", 1);
        scene.run(PAIR);
        scene.run(
                "create table flyway_schema_history (installed_rank int, version text, description text, type text, script text,"
                        + " checksum int, installed_by text, installed_on timestamp default now(), execution_time int, success boolean)");
        scene.run("insert into flyway_schema_history values (1, '1', '', 'BASELINE', '', null, '', now(), 0, true)");

        JsonNode ended = scene.ends(scene.submit("0.6.2", "{\"removeDuplicates\": true}"), "SUCCEEDED");

        assertThat(VerbsLab.steps(ended)).contains("clear-history PASSED", "remove-duplicates PASSED");
        assertThat(ended.path("warnings").toString()).contains("the plan drops this history");
        assertThat(scene.rows(HISTORY)).hasSize(7);
        assertThat(scene.rows("select count(*) from jobs_feature_sets")).containsExactly("40");
    }

    @Test
    void shouldPutDatabaseAndReleaseBackWhenCoreFallsOverAfterItHasMigrated() throws Exception {
        takenBack(lab.scene("feast-back").installed("0.5.1", 1), "0.6.2", "{}");
    }

    @Test
    void shouldPut06BackWhenTheCoreOf07FallsOver() throws Exception {
        takenBack(lab.scene("feast-seven-back").installed("0.6.2", 1), "0.7.2", "{}");
    }

    @Test
    void shouldGoFrom04To06OnlyOnANewEmptyDatabase() throws Exception {
        FeastScene scene = lab.scene("feast-old").builtIn().installed("0.4.7", 1);
        List<String> data = scene.data();
        lab.server().make("feast_taken");
        lab.server().run("feast_taken", "create sequence lone");

        assertThat(scene.refused("0.6.2", "{}"))
                .contains("blocked-edge", "completely empty database", "newDatabaseName");
        assertThat(scene.refused("0.5.1", "{}")).contains("blocked-edge", "Go to 0.6 instead");
        assertThat(scene.refused("0.6.2", "{\"newDatabaseName\": \"feast_old\"}"))
                .contains("names the database that core 0.4 uses");
        assertThat(scene.refused("0.6.2", "{\"newDatabaseName\": \"feast_taken\"}"))
                .contains("not empty");
        assertThat(scene.refused("0.7.2", "{\"newDatabaseName\": \"feast_new\"}"))
                .contains("leads to 0.6 and no farther");
        scene.ends(scene.submit("0.6.2", "{\"newDatabaseName\": \"feast_new\"}"), "SUCCEEDED");

        assertThat(lab.server().rows("feast_new", HISTORY))
                .containsExactly("1 SQL", "2 SQL", "2.1 SQL", "2.2 SQL", "2.3 SQL", "2.4 SQL", "2.5 SQL");
        assertThat(scene.data()).isEqualTo(data);
        assertThat(lab.server()
                        .rows(
                                "feast_taken",
                                "select count(*) from information_schema.tables where table_schema = 'public'"))
                .containsExactly("0");
    }

    @Test
    void shouldPut04BackWhenTheCoreOf06DoesNotComeUp() throws Exception {
        takenBack(
                lab.scene("feast-old-back").installed("0.4.7", 1), "0.6.2", "{\"newDatabaseName\": \"feast_old_new\"}");

        assertThat(lab.server().exists("feast_old_new"))
                .as("there is something in it")
                .isTrue();
    }

    @Test
    void shouldStayWithinAMinorAndRefuseNamesThat07DoesNotTake() throws Exception {
        FeastScene scene = lab.scene("feast-minor").installed("0.6.0", 1);
        takenBack(scene, "0.6.2", "{}");
        scene.fails("none");
        scene.run("insert into projects values ('my-rides', false)");

        scene.ends(scene.submit("0.6.2", "{}"), "SUCCEEDED");

        assertThat(scene.refused("0.7.2", "{}"))
                .contains("names with a dash", "Register what the evidence names again");
        assertThat(scene.rows("select name from projects")).containsExactly("my-rides");
    }

    private void refusedWhile(FeastScene scene, String harm, String repair, String reason) {
        scene.run(harm);
        assertThat(scene.refused("0.6.2", "{}")).contains("condition-not-met", reason);
        scene.run(repair);
    }

    private void takenBack(FeastScene scene, String target, String parameters) {
        Map<String, JsonNode> objects = scene.objects();
        List<String> data = scene.data();
        scene.fails(target);

        String plan = scene.submit(target, parameters);
        JsonNode failed = scene.ends(plan, "FAILED");
        assertThat(VerbsLab.steps(failed)).as(failed.toPrettyString()).contains("upgrade FAILED");
        rollBack(plan);

        scene.ends(plan, "ROLLED_BACK");
        assertThat(scene.data()).isEqualTo(data);
        assertThat(scene.objects()).isEqualTo(objects);
        assertThat(scene.ready()).isEqualTo(1);
    }

    private void rollBack(String plan) {
        await("the rollback to be taken")
                .atMost(Duration.ofSeconds(30))
                .until(() -> lab.verbs()
                                .client()
                                .act(plan, "rollback", "{\"reason\": \"it went wrong\"}")
                                .statusCode()
                        == 200);
    }

    private static String counts(FeastScene scene) {
        return String.join(
                " ",
                scene.rows("select (select count(*) from stores) || ' ' || (select count(*) from feature_sets) || ' '"
                        + " || (select count(*) from entities) || ' ' || (select count(*) from features) || ' '"
                        + " || (select count(*) from jobs) || ' ' || (select count(*) from jobs_feature_sets)"));
    }
}
