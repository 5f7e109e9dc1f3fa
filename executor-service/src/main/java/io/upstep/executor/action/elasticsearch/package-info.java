/** Actions on Elasticsearch, spoken to over its REST interface: one that is older than any client library is spoken to alike. */
package io.upstep.executor.action.elasticsearch;
