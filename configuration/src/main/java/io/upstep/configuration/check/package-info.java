/** What the target version would refuse, and the keys it does not know. */
package io.upstep.configuration.check;
