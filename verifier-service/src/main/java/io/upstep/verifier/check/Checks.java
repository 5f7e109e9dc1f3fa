package io.upstep.verifier.check;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The checks there are, by name. */
@ApplicationScoped
public class Checks {
    private final SortedMap<String, Check<?>> byName = new TreeMap<>();

    public Checks(@All List<Check<?>> checks) {
        for (Check<?> check : checks) {
            if (byName.put(check.name(), check) != null) {
                throw new IllegalStateException("expected one check named " + check.name() + ", found two");
            }
        }
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    public Optional<Check<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
