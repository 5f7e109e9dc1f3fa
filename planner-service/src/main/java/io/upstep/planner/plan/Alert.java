package io.upstep.planner.plan;

import java.time.Instant;

/**
 * What an operator should look at, because nobody and nothing else is likely to make the plan go on. Gone as soon as it does.
 *
 * @param code stable, for example {@code no-executor}
 * @param text for people: what is wrong and what to do
 */
public record Alert(String code, String text, Instant since) {}
