/** Hears what executors and verifiers say, tells them what was decided, and wakes plans when their time has come. */
package io.upstep.planner.messaging;
