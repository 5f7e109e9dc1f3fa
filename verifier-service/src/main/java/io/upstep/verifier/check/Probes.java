package io.upstep.verifier.check;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The probes there are, by name. */
@ApplicationScoped
public class Probes {
    private final SortedMap<String, Probe<?>> byName = new TreeMap<>();

    public Probes(@All List<Probe<?>> probes) {
        for (Probe<?> probe : probes) {
            if (byName.put(probe.name(), probe) != null) {
                throw new IllegalStateException("expected one probe named " + probe.name() + ", found two");
            }
        }
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public Optional<Probe<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
