package io.upstep.simulator.api;

/**
 * How a write is meant.
 *
 * @param manager who writes, as {@code managedFields} records it
 * @param dryRun only answers what would come out
 * @param force takes fields over from other managers
 */
record WriteOptions(String manager, boolean dryRun, boolean force) {
    static WriteOptions of(Request request) {
        String named = request.parameter("fieldManager");
        String agent = request.userAgent().isEmpty() ? "unknown" : request.userAgent();
        String manager = named.isEmpty() ? agent.split("[/ ]", 2)[0] : named;
        return new WriteOptions(manager, request.parameter("dryRun").equals("All"), request.flag("force"));
    }
}
