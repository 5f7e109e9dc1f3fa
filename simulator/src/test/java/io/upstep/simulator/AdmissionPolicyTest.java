package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulated API server makes of any ValidatingAdmissionPolicy. */
class AdmissionPolicyTest {
    private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
    private static final String NEVER = "{ expression: \"false\" }";

    private final SimulatedCluster cluster =
            SimulatedCluster.start(Options.named("local").withoutFencing());
    private final KubernetesClient client = cluster.client();

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldAnswerInTheApiServersWordsWhenItDenies() {
        load("validations: [ { expression: \"object.metadata.name != 'settings'\", message: not this one } ]", "");

        refused(422, this::createMap)
                .hasMessageContaining("configmaps \"settings\" is forbidden: ValidatingAdmissionPolicy 'p' with binding"
                        + " 'b' denied request: not this one");
    }

    @ParameterizedTest
    @CsvSource({"Forbidden,403", "Unauthorized,401", "RequestEntityTooLarge,413", "Invalid,422"})
    void shouldAnswerWithTheCodeOfTheReason(String reason, int code) {
        load("validations: [ { expression: \"false\", reason: " + reason + " } ]", "");

        refused(code, this::createMap).hasMessageContaining("denied request: failed expression: false");
    }

    @Test
    void shouldMakeTheMessageWhenItIsAnExpression() {
        load(
                "validations: [ { expression: \"false\", message: plain, messageExpression: \"'no ' + object.kind\" } ]",
                "");

        refused(422, this::createMap).hasMessageContaining("denied request: no ConfigMap");
    }

    @Test
    void shouldUseThePlainMessageWhenTheOtherCannotBeMade() {
        load(
                "validations: [ { expression: \"false\", message: plain, messageExpression: \"string(object.data.x)\" } ]",
                "");

        refused(422, this::createMap).hasMessageContaining("denied request: plain");
    }

    @Test
    void shouldOnlyConcernWhatMeetsEveryMatchCondition() {
        load("""
                matchConditions:
                  - { name: by-somebody, expression: "request.userInfo.username == 'somebody'" }
                  - { name: cannot-be-evaluated, expression: "object.data.missing == 'x'" }
                validations: [ %s ]""".formatted(NEVER), "");

        assertThatCode(this::createMap).doesNotThrowAnyException();
    }

    @Test
    void shouldFailClosedWhenAnExpressionCannotBeEvaluated() {
        load("validations: [ { expression: \"object.data.missing == 'x'\" } ]", "");

        refused(422, this::createMap).hasMessageContaining("expression 'object.data.missing == 'x'' resulted in error");
    }

    @Test
    void shouldFailOpenWhenThePolicySaysSo() {
        load("failurePolicy: Ignore\nvalidations: [ { expression: \"object.data.missing == 'x'\" } ]", "");

        assertThatCode(this::createMap).doesNotThrowAnyException();
    }

    @Test
    void shouldKnowVariablesInOrderAndTheNamespace() {
        load("""
                variables:
                  - { name: ns, expression: "namespaceObject.metadata.name" }
                  - { name: greeting, expression: "'hello ' + variables.ns" }
                validations: [ { expression: "false", messageExpression: "variables.greeting" } ]""", "");

        refused(422, this::createMap).hasMessageContaining("denied request: hello default");
    }

    @Test
    void shouldDenyWhenTheParameterIsMissingAndTheBindingSaysSo() {
        load(withConfigMapAsParams("true"), "paramRef: { name: limits, parameterNotFoundAction: Deny }");

        refused(422, this::createMap).hasMessageContaining("no params found for policy binding with `Deny`");
    }

    @Test
    void shouldJudgeByTheParameterThatIsNamed() {
        client.resource(configMapNamed("limits", "x")).create();
        load(
                withConfigMapAsParams("params.data.value != 'x'"),
                "paramRef: { name: limits, namespace: default, parameterNotFoundAction: Allow }");

        refused(422, this::createMap);
    }

    @Test
    void shouldJudgeByEveryParameterThatIsSelected() {
        load(
                withConfigMapAsParams("params.data.value != 'x'"),
                "paramRef: { selector: { matchLabels: { app: limits } }, parameterNotFoundAction: Allow }");
        client.resource(configMapNamed("one", "y")).create();
        assertThatCode(this::createMap).doesNotThrowAnyException();
        client.resource(configMapNamed("two", "x")).create();

        refused(422, () -> client.resource(Marked.settings(1)).update());
    }

    @Test
    void shouldRefuseClusterWideObjectsWhenTheParametersAreInNamespaces() {
        load(withConfigMapAsParams("true"), "paramRef: { selector: {}, parameterNotFoundAction: Allow }");

        refused(422, () -> client.resource(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("fresh")
                                .endMetadata()
                                .build())
                        .create())
                .hasMessageContaining("cannot use namespaced paramRef in policy binding that matches cluster-scoped");
    }

    @ParameterizedTest
    @CsvSource({"Warn", "Audit"})
    void shouldLetPassWhatIsOnlyToBeReported(String action) {
        load("validations: [ %s ]".formatted(NEVER), "", action);

        assertThatCode(this::createMap).doesNotThrowAnyException();
    }

    @Test
    void shouldConcernOnlyTheObjectsAndNamespacesThatAreSelected() {
        load("""
                validations: [ %s ]""".formatted(NEVER), "matchResources: { objectSelector: { matchLabels: { a: b } } }");
        assertThatCode(this::createMap).doesNotThrowAnyException();
        client.configMaps().inNamespace(Marked.NAMESPACE).withName("settings").delete();

        load("""
                validations: [ %s ]""".formatted(NEVER), "matchResources: { namespaceSelector: { matchLabels: { a: b } } }");
        assertThatCode(this::createMap).doesNotThrowAnyException();
    }

    @Test
    void shouldFollowThePolicyAsItChangesAndGoes() {
        load("validations: [ %s ]".formatted(NEVER), "");
        refused(422, this::createMap);

        load("validations: [ { expression: \"true\" } ]", "");
        assertThatCode(this::createMap).doesNotThrowAnyException();

        load("validations: [ %s ]".formatted(NEVER), "");
        client.raw(POLICIES + "/p", "DELETE", null);
        assertThatCode(() -> client.resource(Marked.settings(2)).update()).doesNotThrowAnyException();
    }

    @Test
    void shouldStillHoldWhenTheClusterStartsAgain(@TempDir Path directory) {
        Options options = Options.named("kept").withFile(directory.resolve("objects.jsonl"));
        try (SimulatedCluster first = SimulatedCluster.start(options)) {
            first.load(policy("validations: [ %s ]".formatted(NEVER)) + binding("", "Deny"));
        }

        try (SimulatedCluster second = SimulatedCluster.start(options);
                KubernetesClient other = second.client()) {
            refused(422, () -> other.resource(Marked.settings(1)).create());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "validations: [ { expression: 'object.' } ] | spec.validations[0].expression: Invalid value",
                "validations: [ { expression: 'nobody.knows' } ] | undeclared reference to 'nobody'",
                "validations: [ { expression: '1 + 1' } ] | must evaluate to bool but got int",
                "validations: [ { expression: 'object.data.x' } ] | must evaluate to bool but got dyn",
                "validations: [ { expression: 'variables.later' } ] | undeclared reference to 'variables'",
                "validations: [] | spec.validations: Required value",
                "validations: [ { expression: 'true', reason: Teapot } ] | spec.validations[0].reason: Unsupported value",
            })
    void shouldRefuseAPolicyThatIsWrong(String spec, String why) {
        refused(422, () -> client.raw(POLICIES, "POST", json(policy(spec)))).hasMessageContaining(why);
        assertThat(client.raw(POLICIES)).doesNotContain("\"name\":\"p\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paramRef: { name: x } | spec.paramRef.parameterNotFoundAction: Unsupported value",
                "paramRef: { parameterNotFoundAction: Allow } | one of name or selector must be set",
            })
    void shouldRefuseABindingThatIsWrong(String spec, String why) {
        refused(
                        422,
                        () -> client.raw(
                                "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
                                "POST",
                                json(binding(spec, "Deny"))))
                .hasMessageContaining(why);
    }

    private void load(String spec, String binding) {
        load(spec, binding, "Deny");
    }

    private void load(String spec, String binding, String action) {
        cluster.load(policy(spec) + binding(binding, action));
    }

    private static String policy(String spec) {
        return """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: { name: p }
                spec:
                  matchConstraints:
                    resourceRules:
                      - { apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [configmaps, namespaces] }
                """ + indented(spec);
    }

    private static String binding(String spec, String action) {
        return """
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: { name: b }
                spec:
                  policyName: p
                  validationActions: [%s]
                """.formatted(action) + indented(spec);
    }

    private static String indented(String spec) {
        return spec.isEmpty() ? "" : spec.indent(2);
    }

    private static String withConfigMapAsParams(String expression) {
        return "paramKind: { apiVersion: v1, kind: ConfigMap }\nvalidations: [ { expression: \"" + expression
                + "\" } ]";
    }

    private static ConfigMap configMapNamed(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(Marked.NAMESPACE)
                .addToLabels("app", "limits")
                .endMetadata()
                .addToData("value", value)
                .build();
    }

    /** The API server takes YAML too, but the client labels all it sends as JSON. */
    private static Object json(String yaml) {
        return Serialization.unmarshal(yaml, Map.class);
    }

    private void createMap() {
        client.resource(Marked.settings(1)).create();
    }

    private static AbstractThrowableAssert<?, ?> refused(int code, ThrowingCallable write) {
        return assertThatThrownBy(write)
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode())
                        .isEqualTo(code));
    }
}
