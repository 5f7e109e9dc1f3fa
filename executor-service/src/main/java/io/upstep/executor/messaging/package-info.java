/** What the executor hears from the broker and tells of itself, from its start to its stop. */
package io.upstep.executor.messaging;
