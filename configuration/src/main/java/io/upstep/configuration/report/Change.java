package io.upstep.configuration.report;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing that one rule did to one place.
 *
 * @param path the place it was done to, as the rule found it; null for something new
 * @param now where it is afterwards; null for something taken out
 * @param where where it belongs now, for something taken out
 * @param say what the rule's author tells about it
 * @param source what the rule rests on
 * @param rules the rules it belongs to, by their title
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Change(Kind kind, String path, String now, Where where, String say, String source, String rules) {}
