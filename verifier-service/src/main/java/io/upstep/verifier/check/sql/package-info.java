/** Checks and probes that ask a PostgreSQL, in transactions that can only read. */
package io.upstep.verifier.check.sql;
