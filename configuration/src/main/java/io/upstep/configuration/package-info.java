/**
 * Moves a platform's configuration file from one version to another by rules that are data, and says line by line what it did.
 * Depends on nothing of Upstep's.
 */
package io.upstep.configuration;
