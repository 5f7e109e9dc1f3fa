package io.upstep.verifier.check.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MissingSecretException;
import io.upstep.verifier.cluster.NoAnswerException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class CompatibilityTest extends MongodbTestBase {

    @Test
    void shouldTellTheServersVersionAndTheDatas() throws Exception {
        start("3.6.23");
        start("4.0.27");

        assertThat(fact(new VersionProbe(mongods(), config), "").value()).hasToString("\"4.0.27\"");
        assertThat(fact(new CompatibilityProbe(mongods(), config), "").value()).hasToString("\"3.6\"");
    }

    @Test
    void shouldPassWhenBothAreAsExpected() throws Exception {
        start("4.0.27");

        assertThat(check("server: '4.0', expected: '4.0'").result()).isEqualTo(Result.PASSED);
        assertThat(check("server: 4.0.27, expected: '4.0'").result()).isEqualTo(Result.PASSED);
        assertThat(check("expected: '4.0'").result()).isEqualTo(Result.PASSED);
    }

    @Test
    void shouldFailWhenEitherIsNot() throws Exception {
        start("3.6.23");
        start("4.0.27");

        Evidence behind = check("server: '4.0', expected: '4.0'");
        assertThat(behind.result()).isEqualTo(Result.FAILED);
        assertThat(behind.expected()).isEqualTo("server 4.0, compatibility version 4.0");
        assertThat(behind.actual()).isEqualTo("server 4.0.27, compatibility version 3.6");
        assertThat(check("server: '4.2', expected: '3.6'").result()).isEqualTo(Result.FAILED);
        assertThat(check("server: '4.0.2', expected: '3.6'").result()).isEqualTo(Result.FAILED);
    }

    @Test
    void shouldNotTakeAChangeThatIsUnderWayForDone() {
        assertThat(new Versions("4.0.27", "3.6", "4.0").isCompatibility("3.6")).isFalse();
        assertThat(new Versions("4.0.27", "4.0", "4.0").isCompatibility("4.0")).isFalse();
    }

    @Test
    void shouldNotKnowWhenNobodyListens() {
        start("4.0.27");
        server.close();
        impatient();

        assertThatThrownBy(() -> check("expected: '4.0'"))
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining("MongoDB on 127.0.0.1:" + server.port() + " cannot be asked")
                .hasMessageContaining("refused");
    }

    @Test
    void shouldNotKnowWhenTheServerRefuses() throws Exception {
        start("4.0.27");
        server.refuse("getParameter", 13, "Unauthorized", "command getParameter requires authentication");

        Evidence evidence = check("expected: '4.0'");

        assertThat(evidence.result()).isEqualTo(Result.UNKNOWN);
        assertThat(evidence.actual()).contains("13 Unauthorized: command getParameter requires authentication");
    }

    @Test
    void shouldSayWhatIsMissingWhenAParameterWasLeftEmpty() throws Exception {
        assertThat(Looking.at(cluster, new VersionProbe(mongods(), config), "{connection: {service: ''}}")
                        .unknown())
                .isEqualTo("no server to ask: 'host' and 'service' are empty");
    }

    @Test
    void shouldSayThatTheSecretIsMissing() {
        assertThatThrownBy(() -> Looking.at(
                        cluster,
                        new VersionProbe(mongods(), config),
                        "{connection: {host: 127.0.0.1, port: 1, secretRef: {name: none}}}"))
                .isInstanceOf(MissingSecretException.class);
    }

    @Test
    void shouldLogInWithWhatTheSecretHas() throws Exception {
        start("4.0.27");
        server.requireLogin("ada", "right");
        String with = "{connection: {host: 127.0.0.1, port: " + server.port() + ", secretRef: {name: mongo}}}";
        login("right");
        assertThat(Looking.at(cluster, new VersionProbe(mongods(), config), with)
                        .value())
                .hasToString("\"4.0.27\"");

        login("wrong-one");
        Fact refused = Looking.at(cluster, new CompatibilityProbe(mongods(), config), with);
        assertThat(refused.unknown())
                .endsWith("MongoDB answered 18 AuthenticationFailed: Authentication failed.")
                .doesNotContain("wrong-one");
        assertThat(check("expected: '4.0'").actual()).contains("13 Unauthorized");
    }

    private void login(String password) {
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: mongo}, data: {username: YWRh, password: "
                + Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)) + "}}");
    }

    @Test
    void shouldRefuseWhatIsNoQuestion() {
        assertThatThrownBy(() -> Looking.at(cluster, new VersionProbe(mongods(), config), "{}"))
                .isInstanceOf(BadParametersException.class);
        assertThatThrownBy(() -> Looking.at(
                        cluster, new CompatibilityCheck(mongods(), config), "{connection: {host: a}, server: '4.0'}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("'expected'");
    }

    private Evidence check(String with) throws BadParametersException {
        return evidence(new CompatibilityCheck(mongods(), config), with);
    }
}
