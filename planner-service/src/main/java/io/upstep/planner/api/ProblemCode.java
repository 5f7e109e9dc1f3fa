package io.upstep.planner.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The stable codes of problems, with their HTTP status and title. Listed in docs/reference/problems.md. */
public enum ProblemCode {
    MALFORMED_JSON(400, "The body is not valid JSON"),
    INVALID_REQUEST(422, "The request does not have the form it must have"),
    INVALID_PARAMETER(400, "A query parameter or header is not valid"),
    INVALID_CURSOR(400, "The paging cursor is not one of ours"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNAUTHENTICATED(401, "Who are you?"),
    FOREIGN_ORIGIN(403, "Another site's page may not use this planner"),
    NOT_FOUND(404, "There is no such resource"),
    UNKNOWN_PLAN(404, "There is no such plan"),
    METHOD_NOT_ALLOWED(405, "The resource does not know this method"),
    NOT_ACCEPTABLE(406, "The resource cannot be had in this form"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body is of another kind than expected"),
    UNKNOWN_PLATFORM(422, "There is no such platform"),
    UNKNOWN_CLUSTER(422, "No executor or verifier serves this cluster"),
    UNKNOWN_STEP(422, "The plan has no such step"),
    REASON_MISSING(422, "A reason is required"),
    DUPLICATE_PLAN(409, "Another plan holds this installation"),
    POINT_OF_NO_RETURN(409, "Something was done that cannot be taken back"),
    OVERTAKEN(409, "Another plan has changed the installation since"),
    NOT_ADOPTABLE(422, "The plan to adopt is for another installation"),
    ILLEGAL_STATE(409, "The plan's state does not allow this"),
    IDEMPOTENCY_KEY_REUSED(409, "The idempotency key was used for another request"),
    INSTALLATION_NOT_FOUND(422, "There is no such installation"),
    VERSION_UNKNOWN(422, "The running version could not be told"),
    ALREADY_THERE(422, "The installation runs the target already"),
    DOWNGRADE(422, "The target is older than what runs"),
    BLOCKED_EDGE(422, "The way is blocked"),
    NO_PATH(422, "There is no way to the target"),
    RESTORE_POINT_MISSING(422, "Nothing would bring back what the upgrade changes"),
    CONFIGURATION_INVALID(422, "The new version would refuse the configuration"),
    CONFIGURATION_UNREADABLE(422, "The configuration is not one YAML document with a map in it"),
    CONFIGURATION_NOT_MOVABLE(422, "The configuration cannot be moved to the new version"),
    CONDITION_NOT_MET(422, "A condition of the upgrade is not met"),
    TARGET_UNKNOWN(422, "The platform has no such version"),
    FACT_UNKNOWN(422, "Something that must be known of the installation is not"),
    PLATFORM_UNKNOWN(422, "There is no such platform any more"),
    PARAMETERS_INVALID(422, "The plan's parameters do not fit the platform any more"),
    RECIPE_FAILED(422, "The recipe could not be worked out for this installation"),
    REFUSED(422, "The plan is refused"),
    STORE_UNAVAILABLE(503, "The planner's database does not answer"),
    INTERNAL(500, "Upstep has failed");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String type() {
        return "urn:upstep:problem:" + text();
    }

    public static Optional<ProblemCode> named(String text) {
        return Arrays.stream(values()).filter(code -> code.text().equals(text)).findFirst();
    }
}
