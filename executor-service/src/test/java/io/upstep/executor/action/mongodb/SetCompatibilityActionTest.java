package io.upstep.executor.action.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StoppedException;
import io.upstep.simulator.servers.FakeMongod;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetCompatibilityActionTest extends MongodbTestBase {
    private static final String SET = "setFeatureCompatibilityVersion ";
    private final SetCompatibilityAction action = new SetCompatibilityAction(mongods);

    @Test
    void shouldRaiseTheVersionByOneRound() {
        start("3.6.23");
        start("4.0.27");

        Outcome.Succeeded outcome = run(action, first, to("4.0"));

        assertThat(outcome.summary()).isEqualTo("raised the feature compatibility version from 3.6 to 4.0");
        assertThat(outcome.details()).hasToString("{\"server\":\"4.0.27\",\"from\":\"3.6\",\"to\":\"4.0\"}");
        assertThat(server.compatibility()).isEqualTo("4.0");
    }

    @Test
    void shouldSetItOnceWhenDoneTwice() {
        start("3.6.23");
        start("4.0.27");

        run(action, first, to("4.0"));

        assertThat(run(action, first.next(), to("4.0")).summary())
                .isEqualTo("the feature compatibility version is 4.0 already");
        assertThat(server.asked()).containsOnlyOnce(SET + "4.0");
    }

    @Test
    void shouldLeadFromRoundToRoundToTheEnd() {
        start("3.6.23");
        for (String version : new String[] {"4.0.27", "4.2.16", "4.4.9", "5.0.26", "6.0.19", "7.0.14"}) {
            start(version);
            String series = version.substring(0, 3);
            run(action, first, to(series));
            assertThat(server.compatibility()).isEqualTo(series);
        }
    }

    @Test
    void shouldNotTouchAServerOfAnotherVersion() {
        start("4.2.16");

        ActionException failure = failure(action, first, to("4.0"));

        assertThat(failure.code()).isEqualTo("server-version");
        assertThat(failure).hasMessageEndingWith("to be version 4.0, came 4.2.16");
        assertThat(server.compatibility()).isEqualTo("4.2");
    }

    @ParameterizedTest
    @CsvSource({"3.6, 4.2, ", "4.4, 4.2, ", "4.0, 4.2, 4.0"})
    void shouldLeaveNoRoundOut(String is, String to, String target) {
        ActionException failure =
                catchThrowableOfType(ActionException.class, () -> new Compatibility(is, target).requireOneRoundTo(to));

        assertThat(failure.code()).isEqualTo("compatibility-gap");
        assertThat(failure).hasMessageContaining("expected the feature compatibility version 4.0 before it is raised");
    }

    @ParameterizedTest
    @CsvSource({"4.0, 4.2, ", "4.0, 4.2, 4.2", "4.2, 4.2, 4.2"})
    void shouldEndARoundThatWasBegun(String is, String to, String target) {
        new Compatibility(is, target).requireOneRoundTo(to);

        assertThat(new Compatibility(is, target).is(to)).isFalse();
    }

    @Test
    void shouldNotSpeakToTheServerThatTookOverWhenItStoodStill() {
        start("3.6.23");
        start("4.0.27");
        int port = server.port();
        FakeMongod[] other = new FakeMongod[1];
        first.beforeWrite(() -> {
            // While this attempt stood still, others have gone on to the next version, on the same port.
            admin(new Document("setFeatureCompatibilityVersion", "4.0"));
            server.close();
            other[0] = FakeMongod.start(directory.resolve("db"), "4.2.16", port);
            server = other[0];
            admin(new Document("setFeatureCompatibilityVersion", "4.2"));
        });

        ActionException failure = failure(new SetCompatibilityAction(mongods), first, to("4.0"));

        assertThat(failure.code()).isEqualTo("database-unreachable");
        assertThat(other[0].compatibility()).isEqualTo("4.2");
        assertThat(other[0].asked()).doesNotContain(SET + "4.0");
    }

    @Test
    void shouldEndBeforeItWritesWhenStopped() {
        start("3.6.23");
        start("4.0.27");
        first.stop();

        assertThatThrownBy(() -> run(action, first, to("4.0"))).isInstanceOf(StoppedException.class);
        assertThat(server.compatibility()).isEqualTo("3.6");
    }

    @Test
    void shouldSayWhatTheServerSaysWhenItRefuses() {
        start("3.6.23");
        start("4.0.27");
        server.refuse("setFeatureCompatibilityVersion", 8_000, "AtlasError", "not here");

        ActionException failure = failure(action, first, to("4.0"));

        assertThat(failure.code()).isEqualTo("mongodb-refused");
        assertThat(failure)
                .hasMessage("MongoDB on 127.0.0.1:" + server.port() + ": MongoDB answered 8000 AtlasError: not here");
    }

    @Test
    void shouldBeTriedAgainWhenNobodyListens() {
        start("4.0.27").close();

        ActionException failure = failure(new SetCompatibilityAction(impatient), first, to("4.0"));

        assertThat(failure.code()).isEqualTo("database-unreachable");
        assertThat(failure).hasMessageContaining("refused");
        assertThat(((Outcome.Failed) failure.outcome()).retryable()).isTrue();
    }

    @Test
    void shouldChangeNothingWhenPreviewed() {
        start("3.6.23");
        start("4.0.27");

        assertThat(preview(action, first, to("4.0")).summary())
                .isEqualTo("would raise the feature compatibility version from 3.6 to 4.0");
        assertThat(server.compatibility()).isEqualTo("3.6");
    }

    @Test
    @Timeout(60)
    void shouldFindTheRoundDoneThatTheServerEndedAfterTheAttempt() {
        start("3.6.23");
        start("4.0.27");
        CountDownLatch ended = new CountDownLatch(1);
        server.before("setFeatureCompatibilityVersion", () -> {
            first.stop();
            await(ended);
        });
        assertThatThrownBy(() -> run(action, first, to("4.0"))).isInstanceOf(StoppedException.class);
        ended.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> "4.0".equals(server.compatibility()));

        assertThat(run(action, first.next(), to("4.0")).summary())
                .isEqualTo("the feature compatibility version is 4.0 already");
    }

    @Test
    void shouldLogInWithWhatTheSecretHas() {
        start("3.6.23");
        start("4.0.27");
        server.requireLogin("ada", "hush");
        String with = "{connection: {host: 127.0.0.1, port: " + server.port()
                + ", secretRef: {name: mongo, userKey: user}}, to: '4.0', server: '4.0'}";
        secret("hush");

        run(action, first, with);

        assertThat(server.compatibility()).isEqualTo("4.0");
        secret("hush-hush");
        ActionException failure = failure(action, first.next(), with);
        assertThat(failure.code()).isEqualTo("database-login-refused");
        assertThat(failure)
                .hasMessage("MongoDB on 127.0.0.1:" + server.port()
                        + ": MongoDB answered 18 AuthenticationFailed: Authentication failed.");
    }

    private void secret(String password) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("mongo")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToStringData("user", "ada")
                        .addToStringData("password", password)
                        .build())
                .createOr(NonDeletingOperation::update);
    }

    @Test
    void shouldSayThatTheSecretIsMissing() {
        start("4.0.27");

        assertThat(failure(
                                action,
                                first,
                                "{connection: {host: 127.0.0.1, port: 1, secretRef: {name: none}}, to: '4.0', server: '4.0'}")
                        .code())
                .isEqualTo("secret-not-found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{to: '4.0', server: '4.0'}",
                "{connection: {host: a}, to: '3.4', server: '3.4'}",
                "{connection: {host: a}, to: '4.1', server: '4.1'}",
                "{connection: {host: a}, to: '4.0', server: '4.2'}",
                "{connection: {host: a}, to: '4.0', server: '4'}",
                "{connection: {host: a}, to: '4.0'}",
                "{connection: {host: a, service: b}, to: '4.0', server: '4.0'}",
            })
    void shouldRefuseWhatIsNoRound(String with) {
        assertThat(failure(action, first, with).code()).isEqualTo("invalid-parameters");
    }

    private String to(String version) {
        return "{connection: " + connection() + ", to: '" + version + "', server: '" + version + "'}";
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
