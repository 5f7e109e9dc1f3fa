/** Schema migrations by Flyway itself, under the fence of the database. */
package io.upstep.executor.action.flyway;
