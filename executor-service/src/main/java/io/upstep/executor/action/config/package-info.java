/** Migrations of a platform's configuration, as steps. */
package io.upstep.executor.action.config;
