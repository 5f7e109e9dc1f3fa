package io.upstep.verifier.check.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.kubernetes.Looking;
import io.upstep.verifier.cluster.MockCluster;
import io.upstep.verifier.cluster.NoAnswerException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HelmTest {
    private static final String SECRET = "hunter2-of-the-values";
    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldTellTheNewestRevisionWhenThereAreSeveral() throws Exception {
        Recorded.in(cluster).chart("polyaxon", "1.19.0").revision(9, "superseded");
        Recorded.in(cluster).chart("polyaxon", "1.20.0").revision(10, "pending-upgrade");
        Recorded.in(cluster, "polyaxon-staging").chart("other", "9.9.9").revision(11, "deployed");

        Fact fact = release("{}");

        assertThat(fact.value())
                .isEqualTo(Looking.yaml(
                        "{found: true, chart: polyaxon, chartVersion: 1.20.0, appVersion: 1.20.0, revision: 10,"
                                + " status: pending-upgrade, modified: '2026-11-20T12:00:00Z'}"));
        assertThat(fact.source()).isEqualTo("Helm release polyaxon, revision 10");
        assertThat(release("{release: polyaxon-staging}").value().path("chart").asText())
                .isEqualTo("other");
    }

    @Test
    void shouldTellOneOfThemAloneWhenAskedForIt() throws Exception {
        assertThat(release("{as: found}").value().booleanValue()).isFalse();
        assertThat(release("{as: chartVersion}").unknown()).contains("no record of release polyaxon");
        Recorded.in(cluster).chart("polyaxon", "1.20.0").revision(10, "deployed");

        assertThat(release("{as: found}").value().booleanValue()).isTrue();
        assertThat(release("{as: chartVersion}").value().textValue()).isEqualTo("1.20.0");
        assertThat(release("{as: revision}").value().intValue()).isEqualTo(10);
        assertThatThrownBy(() -> release("{as: mood}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("came 'mood'");
    }

    @Test
    void shouldKnowThatThereIsNoReleaseWhenHelmHasNoRecord() throws Exception {
        Fact fact = release("{}");

        assertThat(fact.value().path("found").asBoolean(true)).isFalse();
        assertThat(fact.value().path("chartVersion").asText()).isEmpty();
        assertThat(fact.source()).contains("no record of release polyaxon in polyaxon");
    }

    @Test
    void shouldTellTheValuesWithoutWhatLooksSecret() throws Exception {
        Recorded.in(cluster)
                .values("{broker: redis, api: {replicas: 2}, postgresql: {auth: {password: " + SECRET + "}}}")
                .manifest("kind: Secret\nmetadata: {name: x}\nstringData: {a: " + SECRET + "}")
                .revision(1, "deployed");

        Fact fact = values("{redact: true}");

        assertThat(fact.value())
                .isEqualTo(Looking.yaml("{broker: redis, api: {replicas: 2}, postgresql: {auth: {password: '***'}}}"));
        assertThat(fact.toString()).doesNotContain(SECRET);
    }

    @Test
    void shouldTellNoValuesAtAllWhenTheyAreTooManyOrThereIsNoRelease() throws Exception {
        assertThat(values("{}").unknown()).contains("Helm has no record of release polyaxon");
        ObjectNode many = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 9000; i++) {
            many.put("a" + i, "0123456789012345678901234567890123456789");
        }
        Recorded.in(cluster).values(many).revision(1, "deployed");

        assertThat(values("{}").unknown()).contains("more than the 262144 a fact may have");
    }

    @Test
    void shouldRefuseToTellSecretsWhenAskedTo() {
        assertThatThrownBy(() -> values("{redact: false}"))
                .isInstanceOf(BadParametersException.class)
                .hasMessageContaining("facts are published");
    }

    @Test
    void shouldTellEmptyValuesWhenNobodyGaveAny() throws Exception {
        Recorded.in(cluster).values(JsonNodeFactory.instance.nullNode()).revision(1, "deployed");

        assertThat(values("{}").value()).isEqualTo(JsonNodeFactory.instance.objectNode());
    }

    @Test
    void shouldNotReadASecretThatOnlyCarriesHelmsLabels() throws Exception {
        Recorded.in(cluster).put(7, "deployed", "Opaque", Recorded.base64("{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(release("{}").value().path("found").asBoolean(true)).isFalse();
    }

    @Test
    void shouldSayThatARecordIsDamagedWithoutQuotingIt() {
        String json = Recorded.base64(("{\"config\": " + SECRET).getBytes(StandardCharsets.UTF_8));
        damaged(Recorded.base64(json.getBytes(StandardCharsets.UTF_8)), "no JSON");
        damaged(Recorded.base64((SECRET + "%").getBytes(StandardCharsets.UTF_8)), "no base64");
        damaged(Recorded.base64("YWJj".getBytes(StandardCharsets.UTF_8)), "no gzip");
        Recorded.in(cluster).manifest("a: {" + SECRET + "\n b: *x").revision(1, "deployed");
        assertQuiet(
                () -> Looking.at(cluster, new io.upstep.verifier.check.kubernetes.DataSurvivalProbe(), claimOf("db")),
                "no YAML");
    }

    @Test
    void shouldJudgeARelease() throws Exception {
        assertThat(check("{}").result()).isEqualTo(Evidence.Result.FAILED);
        assertThat(check("{}").actual()).isEqualTo("no record of it");
        assertThat(check("{status: absent}").result()).isEqualTo(Evidence.Result.PASSED);

        Recorded.in(cluster).revision(3, "deployed");

        assertThat(check("{chart: polyaxon, chartVersion: 1.20.0}").result()).isEqualTo(Evidence.Result.PASSED);
        assertThat(check("{chartVersion: v1.20.0}").result()).isEqualTo(Evidence.Result.PASSED);
        assertThat(check("{chartVersion: '1.20'}").result()).isEqualTo(Evidence.Result.FAILED);
        assertThat(check("{chart: agent}").result()).isEqualTo(Evidence.Result.FAILED);
        assertThat(check("{status: failed}").result()).isEqualTo(Evidence.Result.FAILED);
        Evidence evidence = check("{status: absent}");
        assertThat(evidence.result()).isEqualTo(Evidence.Result.FAILED);
        assertThat(evidence.subject()).isEqualTo("Helm release polyaxon, revision 3");
        assertThat(evidence.actual()).isEqualTo("chart polyaxon, version 1.20.0, deployed");
    }

    @Test
    void shouldTakeAReleaseForAbsentWhenOnlyItsHistoryIsLeft() throws Exception {
        Recorded.in(cluster).revision(3, "uninstalled");

        assertThat(check("{status: absent}").result()).isEqualTo(Evidence.Result.PASSED);
        assertThat(check("{}").result()).isEqualTo(Evidence.Result.FAILED);
    }

    @Test
    void shouldNotJudgeWhenTheClusterDoesNotAnswer() {
        cluster.outage(true);

        assertThatThrownBy(() -> check("{status: absent}")).isInstanceOf(NoAnswerException.class);
        assertThatThrownBy(() -> release("{}")).isInstanceOf(NoAnswerException.class);
    }

    private String claimOf(String name) {
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s}
                spec: {template: {spec: {volumes: [{name: data, persistentVolumeClaim: {claimName: %s}}]}}}
                """.formatted(name, name));
        cluster.put("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: " + name + "}}");
        return "{kind: Deployment, name: " + name + "}";
    }

    private void damaged(String packed, String reason) {
        Recorded.in(cluster).put(1, "deployed", "helm.sh/release.v1", packed);
        assertQuiet(() -> release("{}"), reason);
    }

    private static void assertQuiet(ThrowingCallable look, String reason) {
        assertThatThrownBy(look)
                .isInstanceOf(NoAnswerException.class)
                .hasMessageContaining(reason)
                .satisfies(e -> {
                    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain(SECRET);
                    }
                });
    }

    private Fact release(String with) throws BadParametersException {
        return Looking.at(cluster, new ReleaseProbe(), with);
    }

    private Fact values(String with) throws BadParametersException {
        return Looking.at(cluster, new ValuesProbe(), with);
    }

    private Evidence check(String with) throws BadParametersException {
        return Looking.at(cluster, new ReleaseCheck(), with).get(0);
    }
}
