/** Evaluates the ValidatingAdmissionPolicies that are in the cluster, in CEL as the API server does. */
package io.upstep.simulator.admission;
