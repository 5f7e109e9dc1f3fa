package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImmutableTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Service; {spec: {clusterIP: 1.2.3.4}}; {spec: {clusterIP: 1.2.3.5}}; Service web: spec.clusterIP",
                "Job; {spec: {template: {a: 1}}}; {spec: {template: {a: 2}}}; Job web: spec.template",
                "StatefulSet; {spec: {serviceName: a}}; {spec: {serviceName: b}}; StatefulSet web: spec.serviceName",
                "RoleBinding; {roleRef: {name: a}}; {roleRef: {name: b}}; RoleBinding web: roleRef",
                "Secret; {type: a}; {type: b}; Secret web: type",
                "ConfigMap; {data: {a: b}}; {immutable: true, data: {a: c}}; ConfigMap web: data"
            })
    void shouldNameTheFieldWhenNobodyCanChangeIt(String kind, String saved, String now, String named) {
        assertThat(Immutable.differences(
                        ActionTestBase.yaml(saved),
                        ActionTestBase.yaml(now).put("kind", kind).set("metadata", ActionTestBase.yaml("{name: web}"))))
                .containsExactly(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Service; {spec: {ports: [{port: 1}]}}; {spec: {ports: [{port: 2}]}}",
                "StatefulSet; {spec: {replicas: 1}}; {spec: {replicas: 2}}",
                "PersistentVolumeClaim; {spec: {resources: {requests: {storage: 2Gi}}}}; {spec: {resources: {}}}"
            })
    void shouldNameNothingWhenItCanBeChanged(String kind, String saved, String now) {
        assertThat(Immutable.differences(
                        ActionTestBase.yaml(saved), ActionTestBase.yaml(now).put("kind", kind)))
                .isEmpty();
    }
}
