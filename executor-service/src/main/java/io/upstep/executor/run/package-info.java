/** How a request becomes work and an outcome: admission by lease, heartbeats, stopping. */
package io.upstep.executor.run;
