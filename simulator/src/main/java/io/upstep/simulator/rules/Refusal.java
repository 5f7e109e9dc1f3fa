package io.upstep.simulator.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ResourceType;
import java.util.List;
import java.util.Optional;

/** A request the API server refuses, with the code, reason and words a real one uses. */
public final class Refusal extends RuntimeException {
    private final int code;
    private final String reason;
    private final transient ObjectNode details;
    private transient ObjectNode attempted;

    private Refusal(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public int code() {
        return code;
    }

    /** The object as it would have been, or the one that was to go, if it came to that before the refusal. */
    public Optional<ObjectNode> attempted() {
        return Optional.ofNullable(attempted);
    }

    /** The Status object that goes over the wire. */
    public ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        status.set("details", details);
        return status.put("code", code);
    }

    public static Refusal notFound(ResourceType type, String name) {
        return new Refusal(404, "NotFound", type.resource() + " \"" + name + "\" not found", about(type, name));
    }

    public static Refusal noNamespace(String name) {
        ObjectNode details = details().put("name", name).put("kind", "namespaces");
        return new Refusal(404, "NotFound", "namespaces \"" + name + "\" not found", details);
    }

    public static Refusal noService(String name) {
        ObjectNode details = details().put("name", name).put("kind", "services");
        return new Refusal(404, "NotFound", "services \"" + name + "\" not found", details);
    }

    public static Refusal noSuchPath() {
        return new Refusal(404, "NotFound", "the server could not find the requested resource", details());
    }

    public static Refusal alreadyExists(ResourceType type, String name) {
        return new Refusal(
                409, "AlreadyExists", type.resource() + " \"" + name + "\" already exists", about(type, name));
    }

    public static Refusal conflict(ResourceType type, String name, String why) {
        return new Refusal(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + type.resource() + " \"" + name + "\": " + why,
                about(type, name));
    }

    public static Refusal stale(ResourceType type, String name) {
        return conflict(
                type,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static Refusal applyConflict(List<String> conflicts) {
        ObjectNode details = details();
        conflicts.forEach(c -> details.withArray("causes")
                .addObject()
                .put("reason", "FieldManagerConflict")
                .put("message", c.substring(0, c.lastIndexOf(": ")))
                .put("field", c.substring(c.lastIndexOf(": ") + 2)));
        String plural = conflicts.size() == 1 ? " conflict: " : " conflicts: ";
        return new Refusal(
                409,
                "Conflict",
                "Apply failed with " + conflicts.size() + plural + String.join("\n", conflicts),
                details);
    }

    public static Refusal invalid(ResourceType type, String name, List<Problem> problems) {
        ObjectNode details = about(type, name);
        details.put("kind", type.kind());
        problems.forEach(p -> details.withArray("causes")
                .addObject()
                .put("reason", p.reason())
                .put("message", p.what())
                .put("field", p.field()));
        String what = problems.size() == 1 ? problems.get(0).toString() : problems.toString();
        return new Refusal(422, "Invalid", type.groupKind() + " \"" + name + "\" is invalid: " + what, details);
    }

    /** A request whose options or patch, not its object, cannot be processed. */
    public static Refusal invalidOptions(String message) {
        return new Refusal(422, "Invalid", message, details());
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message, details());
    }

    public static Refusal forbidden(ResourceType type, String name, String why) {
        return new Refusal(
                403, "Forbidden", type.resource() + " \"" + name + "\" is forbidden: " + why, about(type, name));
    }

    /** @param reason the word of the admission policy that denies it; empty for its default */
    public static Refusal denied(ResourceType type, ObjectNode attempted, String why, String reason) {
        String name = Meta.name(attempted);
        ObjectNode details = about(type, name);
        details.withArray("causes").addObject().put("message", why);
        int code =
                switch (reason) {
                    case "Unauthorized" -> 401;
                    case "Forbidden" -> 403;
                    case "RequestEntityTooLarge" -> 413;
                    default -> 422;
                };
        Refusal denied = new Refusal(
                code,
                reason.isEmpty() ? "Invalid" : reason,
                type.resource() + " \"" + name + "\" is forbidden: " + why,
                details);
        denied.attempted = attempted;
        return denied;
    }

    public static Refusal methodNotAllowed() {
        return new Refusal(
                405, "MethodNotAllowed", "the server does not allow this method on the requested resource", details());
    }

    public static Refusal unsupportedMediaType(String accepted) {
        return new Refusal(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted,
                details());
    }

    public static Refusal gone(long wanted, long oldest) {
        return new Refusal(410, "Expired", "too old resource version: " + wanted + " (" + oldest + ")", details());
    }

    public static Refusal internal(String why) {
        return new Refusal(500, "InternalError", "Internal error occurred: " + why, details());
    }

    public static Refusal unavailable(String why) {
        return new Refusal(503, "ServiceUnavailable", why, details());
    }

    /** Any refusal with this code, as a cluster in trouble answers it. */
    public static Refusal withCode(int code) {
        String reason =
                switch (code) {
                    case 401 -> "Unauthorized";
                    case 403 -> "Forbidden";
                    case 404 -> "NotFound";
                    case 409 -> "Conflict";
                    case 429 -> "TooManyRequests";
                    case 500 -> "InternalError";
                    case 503 -> "ServiceUnavailable";
                    case 504 -> "Timeout";
                    default -> "Unknown";
                };
        return new Refusal(code, reason, "the simulated API server was told to answer " + code + " here", details());
    }

    private static ObjectNode details() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode about(ResourceType type, String name) {
        ObjectNode details = details().put("name", name);
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        return details.put("kind", type.plural());
    }
}
