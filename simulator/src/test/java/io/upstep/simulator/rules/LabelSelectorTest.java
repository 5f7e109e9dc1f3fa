package io.upstep.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSelectorTest {
    private static final Map<String, String> LABELS = Map.of("app", "web", "tier", "front");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app=web | true",
                "app==web | true",
                "app=web,tier=front | true",
                "app=web,tier=back | false",
                "app!=web | false",
                "other!=web | true",
                "app in (web, api) | true",
                "app in (api) | false",
                "app notin (api,web),tier | false",
                "other notin (x) | true",
                "app | true",
                "!app | false",
                "!other | true",
                "'' | true"
            })
    void shouldChooseAsTheApiServerDoes(String selector, boolean chosen) {
        assertThat(LabelSelector.parse(selector).test(LABELS)).isEqualTo(chosen);
    }
}
