package io.upstep.executor.action.pachyderm;

import com.google.protobuf.UnknownFieldSet;

/**
 * A pipeline, as {@code pps.API/ListPipeline} tells of it.
 *
 * @param stopped whether somebody wants it to stand still
 * @param still whether it does: pachd takes the workers away some time after it was told to
 */
record Pipeline(String name, boolean stopped, boolean still) {
    private static final int STATE = 7;
    private static final int STOPPED = 38;
    private static final int FAILURE = 3;
    private static final int PAUSED = 4;

    static Pipeline read(UnknownFieldSet info) {
        long state = Messages.number(info, STATE);
        // 1.6 has no such flag; there the state alone says it.
        boolean stopped = state == PAUSED || Messages.number(info, STOPPED) != 0;
        // One that has failed has no workers any more, and is never called paused from 1.9 on.
        return new Pipeline(
                Messages.text(Messages.child(info, 1), 1), stopped, state == PAUSED || stopped && state == FAILURE);
    }
}
