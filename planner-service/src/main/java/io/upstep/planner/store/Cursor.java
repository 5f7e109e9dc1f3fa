package io.upstep.planner.store;

import io.upstep.planner.plan.PlanException;

/** Where a page of plans begins, as text. */
final class Cursor {
    private static final String PREFIX = "before-";

    private Cursor() {}

    static String write(long number) {
        return PREFIX + number;
    }

    /** The number below which the page begins; of no cursor, one that is above all. */
    static long read(String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return Long.MAX_VALUE;
        }
        try {
            if (cursor.startsWith(PREFIX)) {
                return Long.parseLong(cursor.substring(PREFIX.length()));
            }
        } catch (NumberFormatException e) {
            throw invalid(cursor);
        }
        throw invalid(cursor);
    }

    private static PlanException invalid(String cursor) {
        return new PlanException(
                PlanException.Code.INVALID_CURSOR,
                "a cursor from an earlier page",
                "'" + cursor + "'",
                "begin again without a cursor");
    }
}
