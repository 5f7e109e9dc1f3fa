package io.upstep.configuration.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of one value, or what one rule did. */
public enum Kind {
    /** It is where it was, as it was. */
    KEPT,
    /** The same, but the target version does not know this key. */
    UNKNOWN_KEPT,
    /** The same value at another place. */
    MOVED,
    /** The same value, in the same place, under another name. */
    RENAMED,
    /** Another value, made from the old one. */
    CONVERTED,
    /** Taken out; {@link Where} says where it belongs now. */
    REMOVED,
    /** Gave way to a value that a rule or an answer put in its place. */
    REPLACED,
    /** New: what the old version took for granted, now said. */
    DEFAULTED,
    /** New: asked for by a rule. */
    SET,
    /** New: the same as another value of this document. */
    COPIED,
    /** New: given by the person who migrates. */
    ANSWERED,
    /** New: what is left of an element of a list after everything in it went elsewhere. */
    EMPTIED,
    /** It could not go where it should, because something else is there; it stays. */
    CONFLICT,
    /** It stays, and something is said about it. */
    NOTED;

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether this is where a value ended that is not in the new document any more. */
    public boolean isEnd() {
        return this == REMOVED || this == REPLACED;
    }

    /** Whether it explains a value that was not in the old document. */
    public boolean isBeginning() {
        return this == DEFAULTED || this == SET || this == COPIED || this == ANSWERED || this == EMPTIED;
    }
}
