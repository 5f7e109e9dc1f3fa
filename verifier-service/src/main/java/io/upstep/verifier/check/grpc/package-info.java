/** Checks and probes of what a platform answers over gRPC. No code is generated: recipes say which field means what. */
package io.upstep.verifier.check.grpc;
