/**
 * What a plan is and how it moves: records, and one pure decider from (plan, happening, now) to (plan, journal, messages).
 * Nothing here knows a database, a broker or a clock.
 */
package io.upstep.planner.plan;
