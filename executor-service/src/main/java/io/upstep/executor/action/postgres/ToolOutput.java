package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Understands what a client tool says beside its work: how far it is, and what went wrong, but not the rows it quotes. */
final class ToolOutput {
    private static final Pattern ERROR = Pattern.compile("^[a-z_]+: (?:error|fatal): (.*)");
    private static final Pattern ITEM = Pattern.compile("^[a-z_]+: (?:creating|processing|executing) .*");
    /** Settings a newer tool knows and an older server does not; nothing depends on them. */
    private static final Pattern HARMLESS = Pattern.compile(
            "could not execute query: ERROR: +unrecognized configuration parameter \"(default_table_access_method|transaction_timeout)\"");

    private static final Pattern LOGIN =
            Pattern.compile("(?i)authentication failed|role \".*\" does not exist|pg_hba\\.conf");
    private static final String CONNECTING = "connection to server";
    private static final List<String> AWAY = List.of(
            "could not connect",
            CONNECTING,
            "server closed the connection",
            "terminating connection",
            "no connection to the server",
            "could not receive data",
            "could not send data",
            "the database system is",
            "SSL SYSCALL");

    /** What the other end of a pipe that we have closed is told. */
    private static final String PIPE = "Broken pipe";

    private volatile String error;
    private volatile int items;
    private volatile boolean tolerated;

    /** Whether the tool may go on. */
    enum Next {
        GO_ON,
        STOP
    }

    Next line(String line) {
        Matcher found = ERROR.matcher(line);
        if (ITEM.matcher(line).matches()) {
            items++;
        } else if (found.matches() && HARMLESS.matcher(found.group(1)).find()) {
            tolerated = true;
        } else if (found.matches()) {
            error = error == null ? found.group(1) : error;
            return Next.STOP;
        }
        return Next.GO_ON;
    }

    /** The first thing that went wrong; null if nothing did. */
    String error() {
        return error;
    }

    /** Whether what went wrong may have been only that nobody took what it wrote. */
    boolean isUnheard() {
        return error == null || error.contains(PIPE);
    }

    /** How many of an archive's items it has begun with. */
    int items() {
        return items;
    }

    /** Whether the tool, having ended so, has done all it was to do. */
    boolean isDone(int exit) {
        return error == null && (exit == 0 || exit == 1 && tolerated);
    }

    /** @param code for a failure that is neither the connection's nor the login's */
    ActionException failure(String code, String what) {
        String said = what + (error == null ? "it ended without saying why" : error);
        if (error == null) {
            return ActionException.passing(code, said);
        }
        if (error.startsWith(CONNECTING) && LOGIN.matcher(error).find()) {
            return ActionException.permanent("database-login-refused", said);
        }
        return AWAY.stream().anyMatch(error::contains)
                ? ActionException.passing("database-unreachable", said)
                : ActionException.permanent(code, said);
    }
}
