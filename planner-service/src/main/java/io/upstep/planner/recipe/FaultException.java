package io.upstep.planner.recipe;

/** Thrown by whatever reads a part of a recipe and cannot; where that part stands is added by whoever knows. */
final class FaultException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Fault fault;

    FaultException(FaultCode code, String expected, String actual, String remedy) {
        this(new Fault(code, expected, actual, remedy));
    }

    private FaultException(Fault fault) {
        super(fault.message());
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
