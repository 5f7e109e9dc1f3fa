package io.upstep.simulator.api;

import java.util.Map;

/**
 * One HTTP request to the API server.
 *
 * @param path without the query, decoded
 * @param user who asks
 */
public record Request(
        String method,
        String path,
        Map<String, String> query,
        String contentType,
        String accept,
        String userAgent,
        String user,
        byte[] body) {

    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    public boolean flag(String name) {
        return parameter(name).equals("true") || parameter(name).equals("1");
    }
}
