/** The law every broker obeys, and the real servers to hold it against. */
package io.upstep.broker.contract;
