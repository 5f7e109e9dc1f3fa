package io.upstep.verifier.check.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SameDataTest extends MongodbTestBase {
    /** The executor's tests note the very same of the same documents. */
    private static final String MD5 = "507660238aa045a7ace04bc4e8e79e34";

    @BeforeEach
    void fill() {
        start("3.6.23");
        insert("backend", "task", "{_id: 2, name: 'b', iteration: 7}", "{_id: 1, name: 'a'}");
        insert("auth", "user", "{_id: 'u'}");
        note(MockCluster.PLAN, 1);
    }

    @Test
    void shouldPassWhenNothingHasChangedOnAnotherVersion() throws Exception {
        start("4.0.27");

        assertThat(check("ignore: [auth.user]").result()).isEqualTo(Result.PASSED);
        assertThat(check("ignore: [auth.user], compare: checksums").result()).isEqualTo(Result.PASSED);
        assertThat(check("compare: counts").actual()).isEqualTo("2 collections, 3 documents noted");
        assertThat(check("compare: at-least").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldFailWhenDocumentsAreMissing() throws Exception {
        client(client -> client.getDatabase("backend").getCollection("task").deleteOne(new Document("_id", 1)));

        Evidence evidence = check("");
        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.actual()).isEqualTo("backend.task has 1 documents, had 2");
        assertThat(evidence.expected()).isEqualTo("the same collections with as many documents as note before");
        assertThat(check("compare: at-least").result()).isEqualTo(Result.FAILED);
    }

    @Test
    void shouldFailWhenACollectionIsMissing() throws Exception {
        client(client -> {
            client.getDatabase("auth").getCollection("user").drop();
            return null;
        });

        assertThat(check("compare: at-least").actual()).isEqualTo("auth.user is missing, it had 1");
    }

    @Test
    void shouldSeeWhatHasComeUnlessMoreMayHave() throws Exception {
        insert("backend", "task", "{_id: 3}");
        insert("backend", "model", "{_id: 1}");

        assertThat(check("").actual()).isEqualTo("backend.task has 3 documents, had 2; backend.model was not there");
        assertThat(check("ignore: [backend.task, backend.model]").result()).isEqualTo(Result.PASSED);
        assertThat(check("compare: at-least").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldSeeByChecksumsThatADocumentIsAnother() throws Exception {
        client(client -> client.getDatabase("backend")
                .getCollection("task")
                .replaceOne(new Document("_id", 1), new Document("name", "A")));

        assertThat(check("").result()).isEqualTo(Result.PASSED);
        assertThat(check("compare: checksums, ignore: [auth.user]").actual())
                .isEqualTo("backend.task has other documents among its first 2");
    }

    @Test
    void shouldNotKnowWithoutANoteThatCanBeRead() {
        assertThatThrownBy(() -> evidence(new SameDataCheck(mongods(), config), "name: other"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("expected ConfigMap upstep-mongodb-11111111-other");
        note(MockCluster.PLAN, 2);
        assertThatThrownBy(() -> check("")).hasMessageContaining("expected format 1");
        note("22222222-2222-3333-4444-555555555555", 1);
        assertThatThrownBy(() -> check("")).hasMessageContaining("to be of plan");
    }

    @Test
    void shouldRefuseWhatIsNoComparison() {
        assertThatThrownBy(() -> check("ignore: [task]")).isInstanceOf(BadParametersException.class);
        assertThatThrownBy(() -> check("compare: perhaps")).isInstanceOf(BadParametersException.class);
    }

    private Evidence check(String more) throws BadParametersException {
        return evidence(new SameDataCheck(mongods(), config), "name: before" + (more.isEmpty() ? "" : ", " + more));
    }

    private void note(String plan, int format) {
        cluster.put("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: upstep-mongodb-11111111-before, labels: {upstep.io/plan: %s}}
                data:
                  data.json: '{"format":%d,"version":"3.6.23","compatibility":"3.6","databases":["auth","backend"],"collections":{
                    "auth.user":{"count":1,"sampled":1,"md5":"-"},
                    "backend.task":{"count":2,"sampled":2,"md5":"%s"}}}'
                """.formatted(plan, format, MD5));
    }
}
