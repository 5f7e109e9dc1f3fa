package io.upstep.configuration.cli;

/** How a command can end. */
final class ExitCode {
    static final int DONE = 0;
    static final int SOMETHING_LEFT = 1;
    static final int USAGE = 2;
    static final int NO_RULES = 3;
    static final int UNREADABLE = 4;
    static final int DEFECT = 5;

    private ExitCode() {}
}
