package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.upstep.executor.action.ActionException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object that two releases share is not written by two plans at once. */
class SharedObjectsTest extends ActionTestBase {
    private static final String WITH = "{kind: ConfigMap, name: shared, type: merge, patch: {data: {by: us}}}";
    private final PatchAction action = new PatchAction();

    @BeforeEach
    void writtenForAnotherRelease() {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("shared")
                        .withNamespace(cluster.namespace())
                        .addToAnnotations("upstep.io/release", "api")
                        .addToAnnotations("upstep.io/plan", "plan-7")
                        .addToAnnotations("upstep.io/epoch", "900")
                        .endMetadata()
                        .addToData("by", "them")
                        .build())
                .create();
    }

    @Test
    void shouldRefuseAndNameThePlanWhenTheOtherReleasesPlanHasNotEnded() {
        lease(Map.of("upstep.io/plan", "plan-8", "upstep.io/epoch", "901"));
        ActionException refused = failure(action, first, WITH);

        assertThat(refused.code()).isEqualTo("shared-object");
        assertThat(refused).hasMessageContaining("ConfigMap shared").hasMessageContaining("plan-8 of release api");
        assertThat(by()).isEqualTo("them");
    }

    @Test
    void shouldWriteWhenTheOtherReleasesPlanHasEnded() {
        lease(Map.of("upstep.io/plan", "plan-8", "upstep.io/ended", "true"));
        run(action, first, WITH);

        assertThat(by()).isEqualTo("us");
    }

    @Test
    void shouldWriteWhenNobodyHasTheOtherRelease() {
        run(action, first, WITH);

        assertThat(by()).isEqualTo("us");
    }

    private String by() {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("shared")
                .get()
                .getData()
                .get("by");
    }

    private void lease(Map<String, String> annotations) {
        cluster.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("upstep-api")
                        .withNamespace(cluster.namespace())
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build())
                .create();
    }
}
