/** What Helm itself has recorded about a release. Values in it are secret until {@code SecretLooking} has been over them. */
package io.upstep.verifier.check.helm;
