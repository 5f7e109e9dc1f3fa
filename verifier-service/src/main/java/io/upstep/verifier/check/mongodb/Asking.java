package io.upstep.verifier.check.mongodb;

import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.verifier.check.CheckContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes evidence, or a fact, of it when there is nobody to ask or the server says no: it is unknown then. */
final class Asking {
    private Asking() {}

    static List<Evidence> of(
            Mongod mongod, String subject, String expected, CheckContext context, Supplier<Evidence> look) {
        Optional<String> gap = mongod.gap();
        if (gap.isPresent()) {
            context.watch().hopeless();
            return List.of(context.unknown(subject, expected, gap.get()));
        }
        try {
            return List.of(look.get());
        } catch (MongodRefusedException e) {
            if (e.isLogin()) {
                // Whoever knocks for ever with the wrong password is shut out in the end.
                context.watch().stuck(subject + " " + e.getMessage());
            }
            return List.of(context.unknown(subject, expected, e.getMessage()));
        }
    }

    static Fact of(Mongod mongod, Supplier<Fact> look) {
        Optional<String> gap = mongod.gap();
        if (gap.isPresent()) {
            return Fact.unknown(gap.get());
        }
        try {
            return look.get();
        } catch (MongodRefusedException e) {
            return Fact.unknown(e.getMessage());
        }
    }
}
