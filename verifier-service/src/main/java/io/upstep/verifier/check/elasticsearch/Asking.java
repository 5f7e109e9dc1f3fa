package io.upstep.verifier.check.elasticsearch;

import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes an unknown of it when there is nobody to ask, or the node says no. */
final class Asking {
    private Asking() {}

    static List<Evidence> of(
            String subject,
            String expected,
            CheckContext context,
            Supplier<List<Evidence>> look,
            Connection... connections) {
        Optional<String> gap = gap(connections);
        if (gap.isPresent()) {
            context.watch().hopeless();
            return List.of(context.unknown(subject, expected, gap.get()));
        }
        try {
            return look.get();
        } catch (RefusedException e) {
            if (e.isLogin()) {
                // Whoever knocks for ever with the wrong password is shut out in the end.
                context.watch().stuck(subject + " " + e.getMessage());
            }
            return List.of(context.unknown(subject, expected, e.getMessage()));
        }
    }

    static Fact fact(Connection connection, Supplier<Fact> look) {
        Optional<String> gap = gap(connection);
        if (gap.isPresent()) {
            return Fact.unknown(gap.get());
        }
        try {
            return look.get();
        } catch (RefusedException e) {
            return Fact.unknown(e.getMessage());
        }
    }

    private static Optional<String> gap(Connection... connections) {
        return Stream.of(connections).flatMap(one -> one.gap().stream()).findFirst();
    }
}
