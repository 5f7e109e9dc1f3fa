package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.cluster.MockCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionCheckTest {
    private final MockCluster cluster = new MockCluster();

    @BeforeEach
    void install() {
        new Polyaxon(cluster).deployment("1.20.0", 1, 1, 2);
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: streams, labels: {app: streams, app.kubernetes.io/version: "1.19.0"}}
                spec:
                  template:
                    spec:
                      containers:
                        - {name: streams, image: "mirror:5000/polyaxon/polyaxon-streams:v1.20.0-p1@sha256:0123"}
                        - name: sidecar
                          image: envoy:2.0
                          env:
                            - {name: PLATFORM_VERSION, value: "1.20.0"}
                            - {name: FROM_MAP, valueFrom: {configMapKeyRef: {name: settings, key: version}}}
                            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: hidden, key: password}}}
                """);
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {version: v1.20.0}}");
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldPassWhenTheImageMeantHasTheNumbersOfTheExpectedVersion() throws Exception {
        assertThat(
                        results(
                                "{kind: Deployment, name: streams, from: image, image: mirror:5000/polyaxon/, expected: 1.20.0}"))
                .containsExactly(Result.PASSED);
        assertThat(results("{kind: Deployment, name: streams, from: image, container: streams, expected: 1.20.0-p1}"))
                .containsExactly(Result.PASSED);
    }

    @Test
    void shouldNameWhichIsNotWhenVersionsAreMixed() throws Exception {
        List<Evidence> seen = look("{kind: Deployment, from: label, expected: 1.20.0}");

        assertThat(seen).extracting(Evidence::result).containsExactlyInAnyOrder(Result.PASSED, Result.FAILED);
        assertThat(seen)
                .filteredOn(e -> e.result() == Result.FAILED)
                .singleElement()
                .satisfies(e -> assertThat(e.subject() + ": " + e.actual())
                        .isEqualTo("Deployment streams, label app.kubernetes.io/version: 1.19.0"));
    }

    @Test
    void shouldReadEnvironmentVariablesAndConfigMaps() throws Exception {
        assertThat(results("{kind: Deployment, name: streams, from: env, key: PLATFORM_VERSION, expected: 1.20.0}"))
                .containsExactly(Result.PASSED);
        assertThat(results("{kind: Deployment, name: streams, from: env, key: FROM_MAP, expected: 1.20.0}"))
                .containsExactly(Result.PASSED);
        assertThat(results("{kind: ConfigMap, name: settings, from: configmap, key: version, expected: 1.20.0}"))
                .containsExactly(Result.PASSED);
    }

    @Test
    void shouldNotReadWhatComesFromASecret() throws Exception {
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: hidden}, stringData: {password: 1.20.0}}");

        assertThat(look("{kind: Deployment, name: streams, from: env, key: PASSWORD, expected: 1.20.0}")
                        .get(0)
                        .actual())
                .isEqualTo("nothing");
    }

    @Test
    void shouldFailWhenThereIsNothingToReadItFrom() throws Exception {
        assertThat(results("{kind: Deployment, name: gateway, from: image, expected: 1.20.0}"))
                .containsExactly(Result.FAILED);
        assertThat(results("{kind: Deployment, name: api, from: label, key: none, expected: 1.20.0}"))
                .containsExactly(Result.FAILED);
    }

    @Test
    void shouldTakeTheVersionOutOfTheTextWhenAPatternSaysWhereItIs() throws Exception {
        cluster.put("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: core, labels: {chart: feast-core-0.6.1-SNAPSHOT, odd: core-of-today}}
                spec: {template: {spec: {containers: [{name: core, image: "feast/core:build-0.6.1-x"}]}}}
                """);

        assertThat(results("{kind: Deployment, name: core, from: label, key: chart,"
                        + " pattern: 'feast-core-([0-9.]+).*', expected: 0.6.1}"))
                .containsExactly(Result.PASSED);
        assertThat(results("{kind: Deployment, name: core, from: image, pattern: 'build-(.+)-x', expected: 0.6.1}"))
                .containsExactly(Result.PASSED);
        assertThat(results("{kind: Deployment, name: core, from: label, key: odd,"
                        + " pattern: 'feast-core-([0-9.]+).*', expected: 0.6.1}"))
                .containsExactly(Result.FAILED);
    }

    @Test
    void shouldRefuseAPatternThatIsNoneOrHasNotOneGroup() {
        String with = "{kind: Deployment, name: core, from: label, expected: 1, pattern: '%s'}";
        assertThatThrownBy(() -> look(with.formatted("core-([0-9"))).hasMessageContaining("regular expression");
        assertThatThrownBy(() -> look(with.formatted("core-.+"))).hasMessageContaining("one group");
        assertThatThrownBy(() -> look(with.formatted("(core)-(.+)"))).hasMessageContaining("one group");
    }

    @Test
    void shouldRefuseParametersThatDoNotFit() {
        assertThatThrownBy(() -> look("{kind: Deployment, from: label}")).hasMessageContaining("'expected'");
        assertThatThrownBy(() -> look("{kind: Deployment, from: weather, expected: 1}"))
                .hasMessageContaining("'from'");
        assertThatThrownBy(() -> look("{kind: Pod, from: configmap, key: v, expected: 1}"))
                .hasMessageContaining("expected the kind ConfigMap");
    }

    private List<Result> results(String with) throws BadParametersException {
        return look(with).stream().map(Evidence::result).toList();
    }

    private List<Evidence> look(String with) throws BadParametersException {
        return Looking.at(cluster, new VersionCheck(), with);
    }
}
