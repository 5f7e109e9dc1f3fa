/** Real brokers for tests: started on a free port with a directory of their own, stopped, killed, and started again. */
package io.upstep.broker.contract.server;
