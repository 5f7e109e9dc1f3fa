package io.upstep.configuration.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Something that a person has to see to.
 *
 * @param code stable, for programs
 * @param path the key it is about; empty for the whole document
 * @param other for a conflict: the place where it belongs and cannot go
 * @param line its line in the old document; 0 if it has none
 * @param say what was expected and what came
 * @param remedy what to do
 * @param source what it rests on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        Code code, Level level, String path, String other, int line, String say, String remedy, String source) {

    /** What kind of problem it is. */
    public enum Code {
        /** Two values want the same place. */
        CONFLICT,
        /** A value that a rule cannot make the new form from. */
        NOT_CONVERTIBLE,
        /** Something that must not be there, by a rule. */
        REFUSED,
        /** The target version would not take it. */
        INVALID,
        /** The target version does not know the key. */
        UNKNOWN_KEY;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether the document can be used as it is. */
    public enum Level {
        ERROR,
        WARNING;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isError() {
        return level == Level.ERROR;
    }

    /** The problem as people read it. */
    public String text() {
        return level.text() + " " + code.text() + (path.isEmpty() ? "" : " at " + path)
                + (line > 0 ? " (line " + line + ")" : "") + ": " + say + (remedy == null ? "" : " " + remedy);
    }
}
