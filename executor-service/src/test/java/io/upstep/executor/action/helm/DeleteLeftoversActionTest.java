package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.ActionTestBase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteLeftoversActionTest extends ActionTestBase {
    private static final String WITH = """
            kinds: [ServiceAccount, Secret, coordination.k8s.io/v1/Lease, gone.example.com/v1/Thing]
            namePrefixes: [web-]
            selectors: [app=web]
            allow: ["web-.*", "odd"]
            keep: [web-kept]
            keepNamedIn: {inline: {db: {existingSecret: web-users}, pull: {imagePullSecrets: [{name: web-pull}]}}}
            """;

    private final DeleteLeftoversAction action = new DeleteLeftoversAction();

    @BeforeEach
    void leave() {
        cluster.client()
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("web-sa")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .build())
                .create();
        secret("web-token", "Opaque", Map.of(), Map.of());
        secret("odd", "Opaque", Map.of("app", "web"), Map.of());
        secret("other", "Opaque", Map.of("app", "web"), Map.of());
        secret("web-kept", "Opaque", Map.of(), Map.of());
        secret("web-users", "Opaque", Map.of(), Map.of());
        secret("web-pull", "Opaque", Map.of(), Map.of());
        secret("web-ours", "upstep.io/charts", Map.of(), Map.of());
        secret("web-theirs", "Opaque", Map.of(), Map.of("meta.helm.sh/release-name", "web2"));
        secret("web-label", "Opaque", Map.of("app.kubernetes.io/instance", "web3"), Map.of());
        secret("elsewhere", "Opaque", Map.of(), Map.of());
    }

    private void secret(String name, String type, Map<String, String> labels, Map<String, String> annotations) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .withLabels(labels)
                        .withAnnotations(annotations)
                        .endMetadata()
                        .withType(type)
                        .build())
                .create();
    }

    @Test
    void shouldDeleteWhatIsAllowedAndSayWhyTheRestStays() {
        Outcome.Succeeded preview = preview(action, first, WITH);
        assertThat(preview.details().path("deleted")).hasSize(3);
        assertThat(cluster.secret("odd")).isNotNull();

        Outcome.Succeeded outcome = run(action, first, WITH);

        assertThat(outcome.details().path("deleted").toString())
                .isEqualTo("[\"ServiceAccount/web-sa\",\"Secret/odd\",\"Secret/web-token\"]");
        assertThat(outcome.details().path("kept").toString())
                .contains("\"Secret/other\":\"is not on the allow-list\"")
                .contains("\"Secret/web-kept\":\"is to be kept\"")
                .contains("\"Secret/web-users\":\"is named in the values")
                .contains("\"Secret/web-pull\":\"is named in the values")
                .contains("\"Secret/web-ours\":\"is Upstep's own\"")
                .contains("\"Secret/web-theirs\":\"belongs to release web2\"")
                .contains("\"Secret/web-label\":\"belongs to release web3\"");
        assertThat(cluster.secret("odd")).isNull();
        assertThat(cluster.secret("web-users")).isNotNull();
        assertThat(cluster.secret("elsewhere")).isNotNull();

        assertThat(run(action, first.next(), WITH).details().has("deleted")).isFalse();
    }

    @Test
    void shouldKeepWhatAReleaseOfTheSameNameInAnotherNamespaceHas() {
        clusterRole("web-here", cluster.namespace());
        clusterRole("web-there", "another");

        Outcome.Succeeded outcome =
                run(action, first, "{kinds: [ClusterRole], namePrefixes: [web-], allow: ['web-.*']}");

        assertThat(outcome.details().path("deleted").toString()).isEqualTo("[\"ClusterRole/web-here\"]");
        assertThat(outcome.details().path("kept").toString()).contains("belongs to release web in namespace another");
    }

    private void clusterRole(String name, String namespace) {
        cluster.client()
                .resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withAnnotations(
                                Map.of("meta.helm.sh/release-name", "web", "meta.helm.sh/release-namespace", namespace))
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void shouldSucceedWhenNothingIsThere() {
        assertThat(run(action, first, "{kinds: [Secret], namePrefixes: [none-], allow: ['.*']}")
                        .details()
                        .path("found")
                        .asInt())
                .isZero();
    }

    @Test
    void shouldRefuseWhenNothingLimitsWhatItLooksFor() {
        ActionException refused = org.assertj.core.api.Assertions.catchThrowableOfType(
                ActionException.class,
                () -> run(action, first, "{kinds: [Secret], allow: ['.*'], namePrefixes: [''], selectors: ['']}"));

        assertThat(refused.code()).isEqualTo("invalid-parameters");
    }
}
