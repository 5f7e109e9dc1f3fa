package io.upstep.planner.recipe;

/** What is wrong with one parameter of a plan: what was expected, what came, what to do. */
public record ParameterProblem(String parameter, String expected, String actual, String remedy) {
    @Override
    public String toString() {
        return "parameter '" + parameter + "': expected " + expected + ", came " + actual + "; " + remedy;
    }
}
