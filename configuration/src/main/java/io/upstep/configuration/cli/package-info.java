/** Configuration migration from the command line: without a plan, without a server. */
package io.upstep.configuration.cli;
