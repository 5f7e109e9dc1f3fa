package io.upstep.broker.binding;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The places this process uses, and which of them it has seen declared. */
final class Places {
    private final Binding binding;
    private final Map<Place, Boolean> inUse = new ConcurrentHashMap<>();

    Places(Binding binding) {
        this.binding = binding;
    }

    List<Place> declared() {
        return inUse.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    List<Place> undeclared() {
        return inUse.entrySet().stream()
                .filter(place -> !place.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isDeclared(Place place) {
        return inUse.getOrDefault(place, false);
    }

    void use(Place place) {
        inUse.putIfAbsent(place, false);
    }

    /** Makes it be there unless it is known to be. */
    void require(Place place) {
        if (!isDeclared(place)) {
            use(place);
            binding.declare(place);
            inUse.put(place, true);
        }
    }

    void lost(Place place) {
        inUse.put(place, false);
    }
}
