/** The actions on Kubernetes objects, and what keeps their writes to the attempt that owns the installation. */
package io.upstep.executor.action.kubernetes;
