package io.upstep.planner.recipe;

/** Finds the brace that closes an expression, past those in its own maps and strings. */
final class ExpressionEnd {
    private ExpressionEnd() {}

    /** The index of the closing brace of the expression that starts at {@code start}. */
    static int in(String text, int start) {
        int depth = 0;
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"') {
                at = endOfString(text, at);
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && depth-- == 0) {
                return at;
            }
            at++;
        }
        throw new FaultException(
                FaultCode.INVALID_EXPRESSION,
                "a '}' for every '${'",
                "'" + text + "', which has a '${' without its '}'",
                "close it, or write '$${' for a plain '${'");
    }

    private static int endOfString(String text, int start) {
        char quote = text.charAt(start);
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
