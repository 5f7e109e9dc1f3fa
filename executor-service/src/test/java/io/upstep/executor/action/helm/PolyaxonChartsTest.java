package io.upstep.executor.action.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.simulator.Charts;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Charts with everything a platform has: claims, Jobs, definitions, several workloads. */
class PolyaxonChartsTest extends HelmTestBase {

    private String to(String version, String values) {
        Path chart = Charts.directory("polyaxon", version, directory);
        return "{release: " + release + ", chart: {path: '" + chart + "'}, values: {inline: " + values + "}";
    }

    @Test
    void shouldFindExactlyTheFieldsThatNobodyCanChange() {
        run(upgrade, step("install"), to("1.1.0", "{}") + ", install: true, hooks: false}");
        assertThat(run(upgrade, step("up"), to("1.1.0", "{api: {replicas: 2}}") + ", hooks: false}")
                        .details()
                        .path("revision")
                        .asInt())
                .as("what only looks different, because the API server has filled it in, is no obstacle")
                .isEqualTo(2);

        assertThat(failure(upgrade, step("newer"), to("1.20.0", "{}") + ", hooks: false}"))
                .hasMessageContaining("Deployment " + release + "-polyaxon-api")
                .hasMessageContaining("selector");
    }
}
