package io.upstep.planner.recipe;

import java.util.Locale;

/** What can be wrong in a recipe, by stable names for programs. Listed in docs/guide/your-own-platform.md. */
public enum FaultCode {
    INVALID_YAML,
    NOT_UTF8,
    ALIAS,
    NOT_A_MAPPING,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    WRONG_VALUE,
    PLATFORM_FILE_MISSING,
    PLATFORM_NAME,
    NAME_TAKEN,
    INVALID_VERSION,
    INVALID_RANGE,
    INVALID_EXPRESSION,
    UNKNOWN_NAME,
    NOT_A_CONDITION,
    INVALID_LIMITS,
    DUPLICATE_ID,
    RESERVED_ID,
    UNDO_MISSING,
    UNDO_FORBIDDEN,
    UNDONE_MISSING,
    RESTORE_POINT,
    PARAMETER_DEFAULT,
    FACT_TYPE,
    STOP_UNREACHABLE,
    INVALID_RULES,
    UNKNOWN_PARAMETER,
    UNREADABLE,
    MISSING_PARAMETER(Severity.WARNING),
    UNKNOWN_ACTION(Severity.WARNING),
    UNKNOWN_CHECK(Severity.WARNING),
    UNKNOWN_PROBE(Severity.WARNING),
    NO_CHECKS(Severity.WARNING),
    VERSION_NOT_CHECKED(Severity.WARNING),
    NO_LIMITS(Severity.WARNING),
    NUMBER_FOR_TEXT(Severity.WARNING),
    BROAD_SELECTOR(Severity.WARNING),
    UNUSED_FACT(Severity.WARNING),
    UNUSED_PARAMETER(Severity.WARNING),
    UNUSED_SHARED(Severity.WARNING);

    private final Severity severity;

    FaultCode() {
        this(Severity.ERROR);
    }

    FaultCode(Severity severity) {
        this.severity = severity;
    }

    Severity severity() {
        return severity;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it keeps a recipe from being used. */
    public enum Severity {
        ERROR,
        WARNING;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
