package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
    private static final ObjectNode OBJECT =
            ActionTestBase.yaml("{metadata: {labels: {app: web, app.kubernetes.io/part-of: shop}}}");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "app=web; true",
                "app==web,app.kubernetes.io/part-of=shop; true",
                "app=web,tier=front; false",
                "app!=web; false",
                "tier!=front; true",
                "app in (api, web),app; true",
                "app notin (api, web); false",
                "tier notin (front); true",
                "app; true",
                "!app; false",
                "!tier; true"
            })
    void shouldSelectAsTheApiServerDoesWhenAskedOfAnObject(String selector, boolean selected) {
        assertThat(new LabelSelector(selector).test(OBJECT)).isEqualTo(selected);
    }
}
