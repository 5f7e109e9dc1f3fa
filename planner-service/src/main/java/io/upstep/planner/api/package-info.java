/** The REST API under {@code /api/v1}: requests in, views and problems out. Decides nothing. */
package io.upstep.planner.api;
