/** What became of a configuration, in words and without secrets. */
package io.upstep.configuration.report;
