/** The record of who wrote what, for which installation and at which epoch. */
package io.upstep.simulator.audit;
