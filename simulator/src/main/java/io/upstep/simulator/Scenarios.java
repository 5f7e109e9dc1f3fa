package io.upstep.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Finds the bundled scenarios: clusters' contents as YAML. */
public final class Scenarios {
    private Scenarios() {}

    public static String yaml(String name) {
        String resource = "/io/upstep/simulator/scenarios/" + name + ".yaml";
        try (InputStream in = Scenarios.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("expected the name of a bundled scenario, came '" + name
                        + "'; there are polyaxon-1.x and demo-app");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
