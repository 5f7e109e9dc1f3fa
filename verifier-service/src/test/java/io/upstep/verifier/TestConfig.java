package io.upstep.verifier;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The verifier's configuration as tests need it: short pauses, and one cluster. */
public final class TestConfig {
    private TestConfig() {}

    /** @param more names, without their prefix, and values in turn */
    public static VerifierConfig with(String cluster, Path kubeconfig, String... more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "upstep.verifier.clusters", cluster,
                "upstep.verifier.kubeconfig", kubeconfig.toString(),
                "upstep.verifier.shortest-pause", "10ms",
                "upstep.verifier.longest-pause", "50ms",
                "upstep.verifier.observation-patience", "300ms",
                "upstep.verifier.connect-timeout", "10s",
                "upstep.verifier.request-timeout", "10s"));
        for (int i = 0; i < more.length; i += 2) {
            values.put("upstep.verifier." + more[i], more[i + 1]);
        }
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(VerifierConfig.class)
                .withSources(new PropertiesConfigSource(values, "test", 0))
                .build()
                .getConfigMapping(VerifierConfig.class);
    }
}
