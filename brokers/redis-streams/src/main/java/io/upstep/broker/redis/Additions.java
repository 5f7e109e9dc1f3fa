package io.upstep.broker.redis;

import redis.clients.jedis.params.XAddParams;

/** How entries are added to streams: freely, or so that only the newest stay. */
final class Additions {
    private Additions() {}

    /** @param entries about how many stay; Redis drops whole nodes of a stream, so some more may. 0 for all */
    static XAddParams keeping(long entries) {
        XAddParams addition = XAddParams.xAddParams();
        return entries > 0 ? addition.maxLen(entries).approximateTrimming() : addition;
    }
}
