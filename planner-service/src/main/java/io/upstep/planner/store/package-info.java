/** Keeps plans, their journal and what is to be told to the others, in PostgreSQL, and applies decisions to them. */
package io.upstep.planner.store;
