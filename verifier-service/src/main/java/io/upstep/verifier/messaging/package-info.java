/** What the verifier hears and says: requests are accepted, answered once, and answered the same when they come again. */
package io.upstep.verifier.messaging;
