package io.upstep.planner.recipe;

/**
 * What is wrong, apart from where: the halves of "expected this, came that", and what to do about it.
 *
 * @param remedy a sentence without its capital and its full stop
 */
record Fault(FaultCode code, String expected, String actual, String remedy) {
    private static final int SHOWN = 1000;

    Fault {
        expected = shown(expected);
        actual = shown(actual);
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    String message() {
        return "expected " + expected + ", came " + actual + ": " + remedy;
    }
}
