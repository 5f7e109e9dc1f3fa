package io.upstep.executor.action.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.AttemptId;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.FakeContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteActionTest extends MongodbTestBase {
    private static final String CONFIG_MAP = "upstep-mongodb-0f8fad5b-before";
    private final NoteAction action = new NoteAction(mongods);

    @Test
    void shouldNoteWhatIsThere() {
        start("3.6.23");
        insert("backend", "task", "{_id: 2, name: 'b', iteration: 7}", "{_id: 1, name: 'a'}");
        insert("backend", "project", "{_id: 'p'}");
        insert("auth", "user", "{_id: 'u', email: 'ada@example.org'}");
        insert("other", "x", "{_id: 1}");

        var outcome = run(action, first, note());

        assertThat(outcome.summary()).isEqualTo("noted 3 collections");
        assertThat(outcome.details().path("configMap").asText()).isEqualTo(CONFIG_MAP);
        JsonNode data = data();
        assertThat(data.path("version").asText()).isEqualTo("3.6.23");
        assertThat(data.path("compatibility").asText()).isEqualTo("3.6");
        assertThat(data.path("collections").properties().stream()
                        .map(e -> e.getKey() + " " + e.getValue().path("count")))
                .containsExactly("auth.user 1", "backend.project 1", "backend.task 2");
        // The verifier's tests expect the very same of the same documents.
        assertThat(data.at("/collections/backend.task/md5").asText()).isEqualTo("507660238aa045a7ace04bc4e8e79e34");
        assertThat(data.toString()).doesNotContain("ada@example.org");
    }

    @Test
    void shouldKeepWhatWasNotedFirst() {
        start("3.6.23");
        insert("backend", "task", "{_id: 1}");
        insert("auth", "user", "{_id: 1}");
        run(action, first, note());
        insert("backend", "task", "{_id: 2}");

        assertThat(run(action, first.next(), note()).summary()).isEqualTo("noted by an earlier attempt");
        assertThat(data().at("/collections/backend.task/count").asInt()).isEqualTo(1);
    }

    @Test
    void shouldNoteAnewWhenTheStepIsDoneAnew() {
        start("3.6.23");
        insert("backend", "task", "{_id: 1}");
        insert("auth", "user", "{_id: 1}");
        run(action, first, note());
        insert("backend", "task", "{_id: 2}");

        run(action, first.next().anew(), note());

        assertThat(data().at("/collections/backend.task/count").asInt()).isEqualTo(2);
    }

    @Test
    void shouldNotWriteOverANewerAttemptsNoteWhenItStoodStill() {
        start("3.6.23");
        insert("backend", "task", "{_id: 1}");
        insert("auth", "user", "{_id: 1}");
        FakeContext newer = first.next();
        first.beforeWrite(() -> {
            if (configMap() == null) {
                insert("backend", "task", "{_id: 2}");
                run(action, newer, note());
            }
        });

        assertThatThrownBy(() -> run(action, first, note())).hasMessageContaining("already exists");

        assertThat(data().at("/collections/backend.task/count").asInt()).isEqualTo(2);
        assertThat(configMap().getData().get("taken.json")).contains("\"attempt\":2");
    }

    @Test
    void shouldNotTakeAnotherStepsNoteForItsOwn() {
        start("3.6.23");
        insert("backend", "task", "{_id: 1}");
        insert("auth", "user", "{_id: 1}");
        run(action, first, note());
        FakeContext other =
                new FakeContext(cluster, new AttemptId("0f8fad5b-d9cb-469f-a165-70867728950e", "step-2", 1, 6));

        assertThat(failure(action, other, note()).code()).isEqualTo("name-taken");
    }

    @Test
    void shouldNotNoteNothing() {
        start("3.6.23");
        insert("backend", "task", "{_id: 1}");

        ActionException failure = failure(action, first, note());

        assertThat(failure.code()).isEqualTo("database-not-found");
        assertThat(failure).hasMessageContaining("database auth");
    }

    @Test
    void shouldSampleTheFirstThousandOfACollection() {
        start("3.6.23");
        String[] many = new String[1_100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "{_id: " + i + "}";
        }
        insert("backend", "task", many);
        insert("auth", "user", "{_id: 1}");

        run(action, first, note());

        assertThat(data().at("/collections/backend.task/count").asInt()).isEqualTo(1_100);
        assertThat(data().at("/collections/backend.task/sampled").asInt()).isEqualTo(1_000);
    }

    @Test
    void shouldWriteNothingWhenPreviewed() {
        start("3.6.23");
        insert("backend", "task", "{_id: 1}");
        insert("auth", "user", "{_id: 1}");

        assertThat(preview(action, first, note()).summary()).isEqualTo("would note 2 collections");
        assertThat(configMap()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{connection: {host: a}, name: before}",
                "{connection: {host: a}, name: before, databases: []}",
                "{connection: {host: a}, name: before, databases: ['a.b']}",
                "{connection: {host: a}, name: Before, databases: [a]}",
                "{connection: {host: a}, databases: [a]}",
                "{name: before, databases: [a]}",
            })
    void shouldRefuseWhatIsNoNote(String with) {
        assertThat(failure(action, first, with).code()).isEqualTo("invalid-parameters");
    }

    private String note() {
        return "{connection: " + connection() + ", name: before, databases: [backend, auth]}";
    }

    private io.fabric8.kubernetes.api.model.ConfigMap configMap() {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(CONFIG_MAP)
                .get();
    }

    private JsonNode data() {
        return yaml(configMap().getData().get("data.json"));
    }
}
