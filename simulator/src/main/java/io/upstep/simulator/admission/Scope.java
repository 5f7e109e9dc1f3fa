package io.upstep.simulator.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the names in a policy's expressions stand for; each value is made when it is first asked for. */
final class Scope {
    private final Map<String, Supplier<Object>> makers = new HashMap<>();
    private final Map<String, Object> made = new HashMap<>();

    void put(String name, Supplier<Object> maker) {
        makers.put(name, maker);
        made.remove(name);
    }

    Optional<Object> find(String name) {
        Object known = made.get(name);
        if (known == null && makers.containsKey(name)) {
            known = makers.get(name).get();
            made.put(name, known);
        }
        return Optional.ofNullable(known);
    }
}
