package io.upstep.executor.action.pachyderm;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.upstep.executor.action.ActionException;
import java.util.EnumSet;
import java.util.Set;

/** Turns what gRPC says into what a step says. */
final class Failures {
    private static final int SHOWN = 500;
    private static final Set<Status.Code> AWAY =
            EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.CANCELLED);

    private Failures() {}

    static ActionException of(StatusRuntimeException e) {
        Status status = e.getStatus();
        String words = status.getDescription() == null ? "" : ": " + status.getDescription();
        String said = status.getCode() + (words.length() <= SHOWN ? words : words.substring(0, SHOWN) + "…");
        if (AWAY.contains(status.getCode())) {
            return ActionException.passing("pachd-away", "expected pachd to answer, came " + said);
        }
        if (status.getCode() == Status.Code.UNIMPLEMENTED) {
            return ActionException.permanent(
                    "pachd-too-old", "expected pachd to know the call, which 1.6.10 was the first to do, came " + said);
        }
        return ActionException.permanent("pachd-refused", "expected pachd to do it, came " + said);
    }
}
