/** Actions on PostgreSQL, and the fence that keeps a database with one attempt at a time. */
package io.upstep.executor.action.postgres;
