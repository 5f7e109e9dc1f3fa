package io.upstep.executor.action.postgres;

/** Puts names and texts into SQL where no parameter can stand. */
final class Sql {
    private Sql() {}

    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Escaped in the one way that does not depend on a setting. */
    static String text(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
