/** What has to change outside of the platform, and where it is in a person's own files. */
package io.upstep.configuration.scan;
