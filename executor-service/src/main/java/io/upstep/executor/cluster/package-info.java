/** The ways to the clusters an executor works on. */
package io.upstep.executor.cluster;
