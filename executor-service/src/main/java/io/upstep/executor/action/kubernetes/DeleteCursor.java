package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which objects this step has begun to delete. */
record DeleteCursor(List<String> names) {
    private static final String SEPARATOR = ",";

    static DeleteCursor read(Optional<String> text) {
        return new DeleteCursor(text.filter(t -> !t.isBlank())
                .map(t -> List.of(t.split(SEPARATOR)))
                .orElse(List.of()));
    }

    DeleteCursor and(List<ObjectNode> found) {
        return new DeleteCursor(List.copyOf(
                new TreeSet<>(Stream.concat(names.stream(), found.stream().map(Manifest::name))
                        .toList())));
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    String text() {
        return String.join(SEPARATOR, names);
    }
}
