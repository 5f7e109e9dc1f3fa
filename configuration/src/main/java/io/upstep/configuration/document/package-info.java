/** A YAML document as a tree that remembers of each value where it came from, and keeps order, comments and spelling. */
package io.upstep.configuration.document;
