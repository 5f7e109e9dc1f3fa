/** Reads the binary form in which Kubernetes' own clients send typed objects. */
package io.upstep.simulator.protobuf;
