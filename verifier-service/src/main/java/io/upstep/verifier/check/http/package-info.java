/** Checks of what a platform answers over HTTP, asked directly or through the Kubernetes API server. */
package io.upstep.verifier.check.http;
