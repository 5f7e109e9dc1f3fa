package io.upstep.broker.redis;

import java.util.ArrayList;
import java.util.List;

/** Reads from what a server tells about itself whether it may forget entries it has answered for. */
final class ServerRisks {
    private ServerRisks() {}

    static List<String> in(String persistence, String memory) {
        List<String> risks = new ArrayList<>();
        if (persistence.contains("aof_enabled:0")) {
            risks.add("it keeps no append-only file, so a restart forgets messages; set 'appendonly yes'");
        }
        if (memory.contains("maxmemory_policy:allkeys")) {
            risks.add("its maxmemory-policy lets it drop whole streams when memory is short; set 'noeviction'");
        }
        return risks;
    }
}
