/** The public contract: what Upstep's services say to each other and to subscribers. Depends on no other part of Upstep. */
package io.upstep.event;
