package io.upstep.planner.api;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, String expected, String actual, String remedy) {
        this(Problem.of(code, expected, actual, remedy));
    }

    public Problem problem() {
        return problem;
    }
}
