package io.upstep.planner.plan;

/** What keeps a plan that is not over from being forgotten. Every such plan has exactly one; promise 2 of the design. */
public enum Hold {
    /** An executor or verifier has it and gives signs of life; a timer misses them. */
    LEASE,
    /** The planner acts by itself at a known time. */
    TIMER,
    /** A person is to decide: start it, resume it, give it another attempt. */
    GATE,
    /** An operator was alerted: what it waits for does not come. */
    ALERT
}
