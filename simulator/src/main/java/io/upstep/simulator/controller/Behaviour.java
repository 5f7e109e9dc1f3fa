package io.upstep.simulator.controller;

import java.util.Arrays;

/** How the containers of an image behave. */
public enum Behaviour {
    GOOD("good"),
    /** Ends with an error soon after it started, again and again. */
    CRASHLOOP("crashloop"),
    /** Runs, but its readiness probe never succeeds. */
    NEVER_READY("never-ready"),
    /** Cannot be pulled. */
    BROKEN("broken"),
    /** Takes twenty times as long to start and to become ready. */
    SLOW("slow"),
    /** Ends with an error, once per pod: the way a Job fails. */
    FAILS("fails");

    private final String word;

    Behaviour(String word) {
        this.word = word;
    }

    /** From the tag of an image or an annotation that says the word. */
    static Behaviour in(String text) {
        return Arrays.stream(values())
                .filter(b -> b != GOOD && text.contains(b.word))
                .findFirst()
                .orElse(GOOD);
    }
}
