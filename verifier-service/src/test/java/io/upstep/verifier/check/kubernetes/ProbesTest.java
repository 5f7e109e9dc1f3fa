package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.event.Fact;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.MockCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbesTest {
    private static final String BY_LABEL = "{kind: Deployment, selector: app=api, from: label}";
    private static final String BY_IMAGE = "{kind: Deployment, selector: app=api, from: image}";

    private final MockCluster cluster = new MockCluster();
    private final Polyaxon polyaxon = new Polyaxon(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldSayWhetherSomethingIsInstalled() throws Exception {
        assertThat(observe(new InstalledProbe(), "{kind: Deployment, name: api}")
                        .value()
                        .asBoolean())
                .isFalse();
        polyaxon.deployment("1.20.0", 1, 1, 2);
        assertThat(observe(new InstalledProbe(), "{kind: Deployment, selector: app=api}")
                        .value()
                        .asBoolean())
                .isTrue();
    }

    @Test
    void shouldTellTheVersionOfTheFirstSourceThatAnswers() throws Exception {
        polyaxon.deployment("1.20.0-p1", 1, 1, 2);

        Fact fact = observe(
                new VersionProbe(),
                "sources: [{kind: ConfigMap, name: none, from: configmap, key: v}, " + BY_IMAGE + "]");

        assertThat(fact.value().asText()).isEqualTo("1.20.0");
        assertThat(fact.source()).isEqualTo("Deployment api, container api");
    }

    @Test
    void shouldTakeTheVersionAsThePatternSaysAndTheNextSourceWhereItDoesNotFit() throws Exception {
        polyaxon.deployment("1.20.0", 1, 1, 2);
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {v: feast-core-0.6.2-rc}}");

        String map = "{kind: ConfigMap, name: settings, from: configmap, key: v, pattern: '%s'}, ";
        assertThat(observe(new VersionProbe(), "sources: [" + map.formatted("feast-core-([0-9.]+).*") + BY_IMAGE + "]")
                        .value()
                        .asText())
                .isEqualTo("0.6.2");
        assertThat(observe(new VersionProbe(), "sources: [" + map.formatted("core-([0-9.]+)") + BY_IMAGE + "]")
                        .value()
                        .asText())
                .isEqualTo("1.20.0");
    }

    @Test
    void shouldMentionASourceThatTellsAnotherVersion() throws Exception {
        polyaxon.deployment("1.20.0", 1, 1, 2);
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {v: 1.19.0}}");

        Fact fact = observe(
                new VersionProbe(),
                "sources: [" + BY_LABEL + ", {kind: ConfigMap, name: settings, from: configmap, key: v}]");

        assertThat(fact.value().asText()).isEqualTo("1.20.0");
        assertThat(fact.source()).contains("(but ConfigMap settings, key v says 1.19.0)");
    }

    @Test
    void shouldNotGuessAVersionWhenObjectsOfOneSourceDisagree() throws Exception {
        polyaxon.deployment("1.20.0", 1, 1, 2);
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: old, labels: {app: api, app.kubernetes.io/version: 1.19.0}}
                """);

        Fact fact = observe(new VersionProbe(), "sources: [" + BY_LABEL + "]");

        assertThat(fact.isKnown()).isFalse();
        assertThat(fact.unknown()).contains("Deployment old, label app.kubernetes.io/version says 1.19.0");
    }

    @Test
    void shouldSayWhyNoSourceTellsAVersion() throws Exception {
        polyaxon.deployment("latest", 1, 1, 2);

        assertThat(observe(new VersionProbe(), "sources: [" + BY_IMAGE + "]").unknown())
                .contains("'polyaxon/polyaxon-api:latest', which is no version");
    }

    @Test
    void shouldTellWhatAWorkloadKeepsItsDataOn() throws Exception {
        polyaxon.statefulSet("1.20.0");
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: db}
                spec:
                  template:
                    spec:
                      volumes: [{name: data, emptyDir: {}}, {name: settings, configMap: {name: settings}}]
                """);

        assertThat(volumeKind("{kind: StatefulSet, name: db}")).isEqualTo("persistentVolumeClaim");
        assertThat(volumeKind("{kind: Deployment, name: db}")).isEqualTo("emptyDir");
        assertThat(volumeKind("{kind: Deployment, name: db, volume: settings}")).isEqualTo("configMap");
        assertThat(volumeKind("{kind: Deployment, name: db, volume: other}")).isEqualTo("none");
        assertThat(volumeKind("{kind: Deployment, name: external}")).isEqualTo("none");
    }

    @Test
    void shouldTellFieldsButNeverTheValuesOfASecret() throws Exception {
        polyaxon.deployment("1.20.0", 1, 1, 2);
        cluster.put("""
                apiVersion: v1
                kind: Secret
                metadata: {name: db, annotations: {kubectl.kubernetes.io/last-applied-configuration: "c2VjcmV0"}}
                data: {password: c2VjcmV0}
                """);

        assertThat(observe(new FieldProbe(), "{kind: Deployment, name: api, pointer: /spec/replicas}")
                        .value()
                        .asInt())
                .isEqualTo(2);
        assertThat(observe(new FieldProbe(), "{kind: Secret, name: db, pointer: /data/password}")
                        .value()
                        .asText())
                .isEqualTo("***");
        assertThat(observe(new FieldProbe(), "{kind: Secret, name: db, pointer: ''}")
                        .value()
                        .toString())
                .doesNotContain("c2VjcmV0");
        assertThat(observe(new FieldProbe(), "{kind: Secret, name: db, pointer: /data/other}")
                        .unknown())
                .isEqualTo("Secret db has no /data/other");
    }

    @Test
    void shouldHideWhatMayBeASecretWithoutBeingOne() throws Exception {
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api, annotations: {kubectl.kubernetes.io/last-applied-configuration: hush}}
                spec:
                  template: {spec: {containers: [{name: api, image: "api:1", env: [{name: PASSWORD, value: hush}]}]}}
                """);

        assertThat(field("/spec/template/spec/containers").toString())
                .isEqualTo(
                        "[{\"env\":[{\"name\":\"PASSWORD\",\"value\":\"***\"}],\"image\":\"api:1\",\"name\":\"api\"}]");
        assertThat(field("").toString()).doesNotContain("hush");
    }

    @Test
    void shouldCountObjectsAndTellTheServersVersion() throws Exception {
        polyaxon.healthyApi("1.20.0");
        cluster.answer("/version", 200, "{\"gitVersion\": \"v1.31.2\"}");

        assertThat(observe(new CountProbe(), "{kind: Pod, selector: app=api}")
                        .value()
                        .asInt())
                .isEqualTo(2);
        assertThat(observe(new ServerVersionProbe(), "{}").value().asText()).isEqualTo("1.31.2");
    }

    @Test
    void shouldRefuseParametersThatDoNotFit() {
        assertThatThrownBy(() -> observe(new FieldProbe(), "{kind: Pod, pointer: spec}"))
                .hasMessageContaining("kubernetes.field");
        assertThatThrownBy(() -> observe(new VersionProbe(), "sources: []")).hasMessageContaining("'sources'");
        assertThatThrownBy(() -> observe(new CountProbe(), "{kind: Pod, name: x}"))
                .hasMessageContaining("came 'name'");
    }

    private JsonNode field(String pointer) throws Exception {
        return observe(new FieldProbe(), "{kind: Deployment, name: api, pointer: '" + pointer + "'}")
                .value();
    }

    private String volumeKind(String with) throws Exception {
        return observe(new VolumeKindProbe(), with).value().asText();
    }

    private <P> Fact observe(Probe<P> probe, String with) throws Exception {
        return Looking.at(cluster, probe, with);
    }
}
