package io.upstep.simulator.api;

import io.upstep.simulator.store.ResourceType;

/**
 * What somebody watches.
 *
 * @param since the version after which changes are told; 0 tells what is there first
 * @param initial whether to tell what is there first and then say, by a bookmark, that this was all
 * @param seconds after how long the server ends the watch; 0 means never
 * @param table whether to show objects as rows of a table
 */
public record WatchTarget(
        ResourceType type,
        String namespace,
        String name,
        Selection selection,
        long since,
        boolean initial,
        int seconds,
        boolean table) {
    static WatchTarget of(ApiPath path, ResourceType type, Request request) {
        String version = request.parameter("resourceVersion");
        String seconds = request.parameter("timeoutSeconds");
        return new WatchTarget(
                type,
                path.namespace(),
                path.name(),
                Selection.of(type, request),
                version.isEmpty() ? 0 : Long.parseLong(version),
                request.flag("sendInitialEvents"),
                seconds.isEmpty() ? 0 : Integer.parseInt(seconds),
                Tables.wanted(request));
    }
}
