/** Actions on MongoDB servers: rounds of compatibility versions, notes of what is in them, and their clean end. */
package io.upstep.executor.action.mongodb;
