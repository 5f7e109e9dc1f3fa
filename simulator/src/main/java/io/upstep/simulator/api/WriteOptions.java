package io.upstep.simulator.api;

import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * How a write is meant.
 *
 * @param verb create, update, patch, apply or delete
 * @param manager who writes, as {@code managedFields} records it
 * @param dryRun only answers what would come out
 * @param force takes fields over from other managers
 * @param deletion the options of a delete, which come in its body; empty for any other write
 */
record WriteOptions(String verb, String manager, boolean dryRun, boolean force, Request asked, ObjectNode deletion) {
    static final String DELETE = "delete";

    static WriteOptions of(Request request) {
        boolean deletes = request.method().equals("DELETE");
        ObjectNode deletion = deletes ? Bodies.readOrEmpty(request) : Bodies.JSON.createObjectNode();
        boolean dryRun = request.parameter("dryRun").equals("All")
                || deletion.path("dryRun").path(0).asText().equals("All");
        return new WriteOptions(verb(request), manager(request), dryRun, request.flag("force"), request, deletion);
    }

    /** An eviction comes as something created, and deletes. */
    static WriteOptions ofEviction(Request request) {
        WriteOptions asked = of(request);
        return new WriteOptions(DELETE, asked.manager, asked.dryRun, asked.force, request, asked.deletion);
    }

    /** Whether a delete says which version of the object it is meant for. */
    boolean guarded() {
        return !text(deletion, "preconditions", "resourceVersion").isEmpty();
    }

    /** What of the object is written; empty for the object itself. */
    String subresource() {
        return ApiPath.parse(asked.path()).map(ApiPath::subresource).orElse("");
    }

    private static String manager(Request request) {
        String named = request.parameter("fieldManager");
        String agent = request.userAgent().isEmpty() ? "unknown" : request.userAgent();
        return named.isEmpty() ? agent.split("[/ ]", 2)[0] : named;
    }

    private static String verb(Request request) {
        return switch (request.method()) {
            case "POST" -> "create";
            case "PUT" -> "update";
            case "DELETE" -> DELETE;
            default -> Patcher.mayCreate(request) ? "apply" : "patch";
        };
    }
}
