/** The port over the embedded broker, for services that share one process. */
package io.upstep.broker.binding.embedded;
