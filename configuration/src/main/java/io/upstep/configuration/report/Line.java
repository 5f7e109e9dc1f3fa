package io.upstep.configuration.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What became of one value of the old document, or where one value of the new one comes from.
 *
 * @param path its place in the old document; null for a new value
 * @param line its line in the old document; 0 for a new value
 * @param was the old value as JSON text; {@code ***} if it looks like a secret; null for a new value
 * @param now its place, or places, in the new document; null if it is not there
 * @param value the new value where it is not the old one
 * @param where where it belongs now, if it was taken out
 * @param say why, one sentence for each rule that has something to say about it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Line(
        Kind kind, String path, int line, String was, String now, String value, Where where, List<String> say) {

    /** The line as people read it. */
    public String text() {
        StringBuilder text = new StringBuilder(kind.text()).append(": ").append(path == null ? now : path);
        if (path != null && now != null && !path.equals(now)) {
            text.append(" -> ").append(now);
        }
        if (kind == Kind.CONVERTED) {
            text.append(" (").append(was).append(" -> ").append(value).append(')');
        } else if (path == null) {
            text.append(" = ").append(value);
        }
        if (where != null) {
            text.append(" [").append(where.text()).append(']');
        }
        return say.isEmpty() ? text.toString() : text + ": " + String.join(" ", say);
    }
}
