/**
 * Pachyderm: its own calls over gRPC, and the manifests its own pachctl renders. Services, methods and field numbers are those of the
 * .proto files of pachyderm/pachyderm at v1.6.10, v1.7.11, v1.8.8 and v1.13.4 (src/client/admin, pfs, pps); no code is generated.
 */
package io.upstep.executor.action.pachyderm;
