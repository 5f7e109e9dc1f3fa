package io.upstep.simulator.admission;

/**
 * Why a policy does not let a write pass.
 *
 * @param reason the API server's word for it, which also decides the code; empty for its default
 */
record Denial(String message, String reason) {
    static Denial failure(String why) {
        return new Denial(why, "");
    }
}
