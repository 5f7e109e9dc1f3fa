/** Helm, each time in a process of its own that reaches the cluster only through a door its executor keeps. */
package io.upstep.executor.action.helm;
