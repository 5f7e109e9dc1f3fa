/** Checks and probes of MongoDB servers, which only read. */
package io.upstep.verifier.check.mongodb;
