/** The kinds of rules, one class each, and what they share: patterns, conditions, and the bench they work at. */
package io.upstep.configuration.rule;
