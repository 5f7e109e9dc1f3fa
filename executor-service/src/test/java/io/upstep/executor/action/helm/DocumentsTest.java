package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentsTest {

    @Test
    void shouldTakeWhatIsInAListOneByOne() {
        String manifest = """
                ---
                # Source: shop/templates/list.yaml
                apiVersion: v1
                kind: List
                items:
                  - {apiVersion: v1, kind: ServiceAccount, metadata: {name: one}}
                  - {apiVersion: v1, kind: ConfigMap, metadata: {name: two}}
                ---
                # nothing
                ---
                {apiVersion: v1, kind: Secret, metadata: {name: three}}
                """;

        assertThat(Documents.of(manifest))
                .extracting(Documents.Document::title)
                .containsExactly("ServiceAccount one", "ConfigMap two", "Secret three");
        assertThat(Documents.of(Documents.manifest(Documents.of(manifest))))
                .extracting(Documents.Document::object)
                .isEqualTo(Documents.of(manifest).stream()
                        .map(Documents.Document::object)
                        .toList());
    }
}
