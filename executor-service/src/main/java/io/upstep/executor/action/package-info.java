/** The actions: the port {@link io.upstep.executor.action.Action}, what it is given, and those that need no cluster. */
package io.upstep.executor.action;
