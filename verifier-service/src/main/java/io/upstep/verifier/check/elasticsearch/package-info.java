/** Checks and probes of Elasticsearch, asked over its REST interface with GET and nothing else. */
package io.upstep.verifier.check.elasticsearch;
