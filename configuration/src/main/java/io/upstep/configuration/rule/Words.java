package io.upstep.configuration.rule;

import io.upstep.configuration.report.Where;

/**
 * What a rule's author says about it.
 *
 * @param say what to tell, or null
 * @param source what the rule rests on, or null
 * @param where where the value belongs now, or null
 * @param secret whether the value is never shown
 */
public record Words(String say, String source, Where where, boolean secret) {}
