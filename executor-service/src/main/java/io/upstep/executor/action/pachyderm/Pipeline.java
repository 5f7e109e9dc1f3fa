package io.upstep.executor.action.pachyderm;

import com.google.protobuf.UnknownFieldSet;

/**
 * A pipeline, as {@code pps.API/ListPipeline} tells of it.
 *
 * @param stopped whether somebody wants it to stand still
 * @param paused whether it does
 */
record Pipeline(String name, boolean stopped, boolean paused) {
    private static final int STATE = 7;
    private static final int STOPPED = 38;
    private static final int PIPELINE_PAUSED = 4;

    static Pipeline read(UnknownFieldSet info) {
        boolean paused = Messages.number(info, STATE) == PIPELINE_PAUSED;
        // 1.6 has no such flag; there the state alone says it.
        return new Pipeline(
                Messages.text(Messages.child(info, 1), 1), paused || Messages.number(info, STOPPED) != 0, paused);
    }
}
