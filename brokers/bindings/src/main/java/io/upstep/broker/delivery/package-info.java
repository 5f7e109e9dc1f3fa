/** What happens to a message between a broker and its handler, the same for every broker: order, retries, dead letters. */
package io.upstep.broker.delivery;
