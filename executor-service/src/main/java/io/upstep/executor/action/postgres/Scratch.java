package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;

/** Databases in which backups are proven: nobody else's is ever taken for one. */
final class Scratch {
    /** How the comment on such a database begins. */
    static final String MARK = "upstep: made to prove a backup of ";

    /** With an epoch behind it, it is to fit. */
    private static final int LONGEST = 52;

    private Scratch() {}

    static void requireName(String database) {
        if (database != null && (database.isBlank() || database.length() > LONGEST)) {
            throw new IllegalArgumentException(
                    "expected 'database' to have 1 to " + LONGEST + " characters, came " + database.length());
        }
    }

    static String name(String database, String restorePoint, StepContext context) {
        return database == null ? Names.scratch(KeptData.shortPlan(context), restorePoint) : database;
    }

    /**
     * Also what attempts have left that did not get to their end; those have names of Upstep's own, because a number behind
     * a name somebody chose may be another database of theirs. Returns whether there was anything.
     */
    static boolean drop(String database, String restorePoint, Server server, StepContext context) {
        boolean there = server.exists(database);
        if (there && !server.comment(database).startsWith(MARK)) {
            throw ActionException.permanent(
                    "name-taken",
                    "expected database " + database + " to be one that postgres.prove has made, but it is not;"
                            + " nothing was dropped, choose another name");
        }
        for (String left : server.numbered(name(null, restorePoint, context))) {
            server.drop(left);
            there = true;
        }
        server.drop(database);
        return there;
    }
}
