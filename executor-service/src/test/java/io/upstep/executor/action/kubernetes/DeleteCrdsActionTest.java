package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeleteCrdsActionTest extends ActionTestBase {
    private static final String NAMES = "{names: [runs.example.com, gone.example.com]}";

    private final DeleteCrdsAction action = new DeleteCrdsAction();

    @BeforeEach
    void define() {
        run(new ApplyAction(), first, """
                manifests:
                  - apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata: { name: runs.example.com }
                    spec:
                      group: example.com
                      scope: Namespaced
                      names: { kind: Run, plural: runs, singular: run, listKind: RunList }
                      versions:
                        - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, x-kubernetes-preserve-unknown-fields: true } } }
                """);
    }

    @Test
    void shouldDeleteTheDefinitionWhenNothingUsesIt() {
        assertThat(run(action, first, NAMES).summary()).isEqualTo("deleted: CustomResourceDefinition runs.example.com");
        assertThat(run(action, first.next(), NAMES).summary()).contains("none of runs.example.com");
    }

    @Test
    void shouldLeaveItAndSayWhereItIsUsedWhenItHasObjects() {
        run(new ApplyAction(), first, "{manifests: [{apiVersion: example.com/v1, kind: Run, metadata: {name: a}}]}");

        assertThat(failure(action, first, NAMES)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("crd-in-use");
            assertThat(failure).hasMessageContaining(cluster.namespace() + "=1");
        });
        assertThat(definition()).isNotNull();
    }

    @Test
    void shouldDeleteNothingWhenItOnlyPreviews() {
        assertThat(preview(action, first, NAMES).summary()).contains("would be deleted");
        assertThat(definition()).isNotNull();
    }

    @Test
    void shouldDeleteNothingWhenTheAttemptMayNotGoOn() {
        first.stop();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> run(action, first, NAMES))
                .hasMessage("stopped by the test");
        assertThat(definition()).isNotNull();
    }

    private ObjectNode definition() {
        return new Api(cluster.client(), cluster.namespace(), false)
                .get(
                        new Kind(
                                "apiextensions.k8s.io/v1",
                                "CustomResourceDefinition",
                                "customresourcedefinitions",
                                false),
                        "runs.example.com")
                .orElse(null);
    }
}
