package io.upstep.verifier.check.grpc;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.CheckContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes evidence of it when there is nobody to ask, or the answer is a no: that says nothing, so it is unknown. */
final class Asking {
    private Asking() {}

    static List<Evidence> of(
            Peer peer, String subject, String expected, CheckContext context, Supplier<Evidence> look) {
        Optional<String> gap = peer.place().gap();
        if (gap.isPresent()) {
            context.watch().hopeless();
            return List.of(context.unknown(subject, expected, gap.get()));
        }
        try {
            return List.of(look.get());
        } catch (CallRefusedException e) {
            // A server of the old version does not know the method; the new one that is being rolled out may.
            return List.of(context.unknown(subject, expected, e.getMessage()));
        }
    }
}
