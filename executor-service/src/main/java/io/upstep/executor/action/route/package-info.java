/** Ways to what an action works on beside the cluster's API: databases and servers behind Services. */
package io.upstep.executor.action.route;
