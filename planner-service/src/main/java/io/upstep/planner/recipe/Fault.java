package io.upstep.planner.recipe;

/**
 * What is wrong, apart from where: the halves of "expected this, came that", and what to do about it.
 *
 * @param remedy a sentence without its capital and its full stop
 */
record Fault(FaultCode code, String expected, String actual, String remedy) {

    String message() {
        return "expected " + expected + ", came " + actual + ": " + remedy;
    }
}
