/**
 * What the verifier judges and observes with. A new {@link io.upstep.verifier.check.Check} or
 * {@link io.upstep.verifier.check.Probe} is one class with its parameter record and its test; nothing else has to know of it.
 */
package io.upstep.verifier.check;
