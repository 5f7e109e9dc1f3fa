/** Checks and probes of Kubernetes objects. They trust no status field alone: pods and their owners' templates are looked at, too. */
package io.upstep.verifier.check.kubernetes;
