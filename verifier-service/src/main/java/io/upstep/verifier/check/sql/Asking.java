package io.upstep.verifier.check.sql;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.CheckContext;
import java.util.List;
import java.util.function.Supplier;

/** Makes evidence of it when a database says no: unknown, unless the no is the answer. */
final class Asking {
    private Asking() {}

    static List<Evidence> of(String subject, String expected, CheckContext context, Supplier<Evidence> look) {
        try {
            return List.of(look.get());
        } catch (NoDatabaseException e) {
            context.watch().hopeless();
            return List.of(context.unknown(subject, expected, e.getMessage()));
        } catch (SqlRefusedException e) {
            if (e.isLogin()) {
                // Whoever knocks for ever with the wrong password is shut out in the end.
                context.watch().stuck(subject + " " + e.getMessage());
            }
            return List.of(
                    e.isNoTable()
                            ? context.failed(subject, expected, e.getMessage())
                            : context.unknown(subject, expected, e.getMessage()));
        }
    }
}
