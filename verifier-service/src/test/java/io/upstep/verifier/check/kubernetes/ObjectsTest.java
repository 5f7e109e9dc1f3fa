package io.upstep.verifier.check.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.upstep.event.Evidence;
import io.upstep.event.Evidence.Result;
import io.upstep.event.Fact;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.cluster.KindNotServedException;
import io.upstep.verifier.cluster.MockCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counting, missing, naming and comparing objects. */
class ObjectsTest {
    private final MockCluster cluster = new MockCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void shouldCountExactly() throws Exception {
        put("ConfigMap", "one", "app: api");
        put("ConfigMap", "two", "app: api");

        assertThat(result(new CountCheck(), "{kind: ConfigMap, selector: app=api, expected: 2}"))
                .isEqualTo(Result.PASSED);
        Evidence evidence = look(new CountCheck(), "{kind: ConfigMap, selector: app=api, expected: 0}")
                .get(0);
        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.actual()).isEqualTo("2 found: one, two");
        assertThatThrownBy(() -> look(new CountCheck(), "{kind: ConfigMap}"))
                .isInstanceOf(BadParametersException.class);
    }

    @Test
    void shouldCountNoneOfAKindThatIsNotServedUnlessItMayBeMisspelt() throws Exception {
        String gone = "kind: Operation, apiVersion: core.polyaxon.com/v1";

        assertThat(result(new CountCheck(), "{" + gone + ", expected: 0}")).isEqualTo(Result.PASSED);
        assertThat(observe(new CountProbe(), "{" + gone + "}").value().asInt()).isZero();
        assertThat(observe(new NamesProbe(), "{" + gone + "}").value()).isEmpty();
        assertThatThrownBy(() -> observe(new CountProbe(), "{kind: Operatoin}"))
                .isInstanceOf(KindNotServedException.class);
    }

    @Test
    void shouldSayWhichOfTheNamesAreStillThere() throws Exception {
        put("ServiceAccount", "old", "app: api");

        List<Evidence> evidence = look(new AbsentCheck(), "{kind: ServiceAccount, names: [gone, old]}");

        assertThat(evidence).extracting(Evidence::result).containsExactly(Result.PASSED, Result.FAILED);
        assertThat(evidence.get(1).subject()).isEqualTo("ServiceAccount old");
        assertThat(result(new AbsentCheck(), "{kind: ServiceAccount, selector: app=web}"))
                .isEqualTo(Result.PASSED);
        assertThat(result(new AbsentCheck(), "{kind: ServiceAccount, selector: app=api}"))
                .isEqualTo(Result.FAILED);
        assertThatThrownBy(() -> look(new AbsentCheck(), "{kind: ServiceAccount, selector: ''}"))
                .isInstanceOf(BadParametersException.class);
    }

    @Test
    void shouldNotTakeAnObjectForAbsentWhenItIsStillBeingDeleted() throws Exception {
        cluster.answer(
                "/api/v1/namespaces/polyaxon/pods/old",
                200,
                "{\"metadata\": {\"name\": \"old\", \"deletionTimestamp\": \"2026-11-20T12:00:00Z\"}}");

        Evidence evidence = look(new AbsentCheck(), "{kind: Pod, names: [old]}").get(0);

        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.actual()).isEqualTo("1 found: old (being deleted)");
    }

    @Test
    void shouldCompareAField() throws Exception {
        cluster.put("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {a: '1', b: x}}");

        assertThat(field("/data/b", "x")).isEqualTo(Result.PASSED);
        assertThat(field("/data/a", "1")).isEqualTo(Result.PASSED);
        assertThat(field("/data/b", "y")).isEqualTo(Result.FAILED);
        assertThat(field("/data", "{a: '1', b: x}")).isEqualTo(Result.PASSED);
        assertThat(field("/data/c", "null")).isEqualTo(Result.PASSED);
        assertThat(field("/data/c", "x")).isEqualTo(Result.FAILED);
        assertThat(look(new FieldCheck(), "{kind: ConfigMap, name: two, pointer: /data/a, expected: 1}")
                        .get(0)
                        .actual())
                .isEqualTo("no such object");
    }

    @Test
    void shouldNotTellASecretsFieldEvenWhenItIsCompared() throws Exception {
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: one}, data: {a: aHVzaA==}}");

        Evidence evidence = look(new FieldCheck(), "{kind: Secret, name: one, pointer: /data/a, expected: x}")
                .get(0);

        assertThat(evidence.actual()).isEqualTo("\"***\"");
    }

    @Test
    void shouldKnowExactlyTheServicesPorts() throws Exception {
        cluster.put("""
                {apiVersion: v1, kind: Service, metadata: {name: api}, spec: {ports: [{port: 1337}, {port: 80}]}}
                """);

        assertThat(result(new ServicePortsCheck(), "{name: api, ports: [80, 1337]}"))
                .isEqualTo(Result.PASSED);
        Evidence evidence =
                look(new ServicePortsCheck(), "{name: api, ports: [80]}").get(0);
        assertThat(evidence.result()).isEqualTo(Result.FAILED);
        assertThat(evidence.actual()).isEqualTo("the ports [80, 1337]");
        assertThat(result(new ServicePortsCheck(), "{name: web, ports: [80]}")).isEqualTo(Result.FAILED);
    }

    @Test
    void shouldTellNamesInOrder() throws Exception {
        put("Deployment", "b", "app: api");
        put("Deployment", "a", "app: api");
        put("Deployment", "c", "app: web");

        assertThat(observe(new NamesProbe(), "{kind: Deployment, selector: app=api}")
                        .value())
                .hasToString("[\"a\",\"b\"]");
    }

    @Test
    void shouldFindLeftoversByNameAndLabelButNothingThatIsUpstepsHelmsOrAnothers() throws Exception {
        put("ServiceAccount", "polyaxon-sa", "x: y");
        put("ServiceAccount", "default", "x: y");
        put("Secret", "registry", "release: polyaxon");
        put("Secret", "polyaxon-staging-secret", "release: polyaxon-staging");
        put("ConfigMap", "polyaxon-restore", "upstep.io/plan: p");
        put("ConfigMap", "polyaxon-config", "x: y");
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: polyaxon-before}, type: upstep.io/saved-objects}");
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: sh.helm, labels: {release: polyaxon}}, type:"
                + " helm.sh/release.v1}");
        cluster.put("{apiVersion: v1, kind: Secret, metadata: {name: polyaxon-x, annotations:"
                + " {meta.helm.sh/release-name: polyaxon-x}}}");

        Fact fact = observe(
                new LeftoversProbe(),
                "{kinds: [ServiceAccount, Secret, ConfigMap, core.polyaxon.com/v1/Operation], selectors:"
                        + " [release=polyaxon], namePrefixes: [polyaxon]}");

        assertThat(fact.value())
                .hasToString("[\"ConfigMap/polyaxon-config\",\"Secret/registry\",\"ServiceAccount/polyaxon-sa\"]");
    }

    @Test
    void shouldRefuseToTakeEverythingForALeftover() {
        for (String with : List.of(
                "{kinds: [Secret]}",
                "{kinds: [], namePrefixes: [a]}",
                "{kinds: [Secret], namePrefixes: ['']}",
                "{kinds: [Secret], selectors: [' ']}")) {
            assertThatThrownBy(() -> observe(new LeftoversProbe(), with))
                    .as(with)
                    .isInstanceOf(BadParametersException.class);
        }
    }

    private void put(String kind, String name, String labels) {
        String group = kind.equals("Deployment") ? "apps/v1" : "v1";
        cluster.put("{apiVersion: " + group + ", kind: " + kind + ", metadata: {name: " + name + ", labels: {" + labels
                + "}}}");
    }

    private Result field(String pointer, String expected) throws BadParametersException {
        return result(
                new FieldCheck(), "{kind: ConfigMap, name: one, pointer: " + pointer + ", expected: " + expected + "}");
    }

    private <P> Result result(Check<P> check, String with) throws BadParametersException {
        return look(check, with).get(0).result();
    }

    private <P> List<Evidence> look(Check<P> check, String with) throws BadParametersException {
        return Looking.at(cluster, check, with);
    }

    private <P> Fact observe(Probe<P> probe, String with) throws BadParametersException {
        return Looking.at(cluster, probe, with);
    }
}
