package io.upstep.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds the bundled scenarios: clusters' contents as YAML. */
public final class Scenarios {
    private Scenarios() {}

    public static String yaml(String name) {
        return read("scenarios/" + name)
                .orElseThrow(() -> new IllegalArgumentException("expected the name of a bundled scenario, came '" + name
                        + "'; there are polyaxon-1.x and demo-app"));
    }

    /** The admission policy that is shipped with Upstep. */
    static String fencing() {
        return read("fencing/validating-admission-policy").orElseThrow();
    }

    private static Optional<String> read(String name) {
        try (InputStream in = Scenarios.class.getResourceAsStream("/io/upstep/simulator/" + name + ".yaml")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
