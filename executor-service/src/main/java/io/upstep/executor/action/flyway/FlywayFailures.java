package io.upstep.executor.action.flyway;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.postgres.FencedDatabase;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.internal.exception.FlywayMigrateException;

/** Says which script failed, where and why, and how the schema is now; but not the statement, which may hold data. */
final class FlywayFailures {
    private static final String FAILED = "migration-failed";

    private FlywayFailures() {}

    static ActionException of(FlywayException e, Flyway flyway) {
        String where = where(e);
        SQLException sql = sql(e);
        if (sql == null) {
            return ActionException.permanent(FAILED, where + firstLine(e) + state(flyway));
        }
        ActionException failure = FencedDatabase.failure(where, sql, FAILED);
        return failure.code().equals(FAILED)
                ? ActionException.permanent(FAILED, failure.getMessage() + state(flyway))
                : failure;
    }

    private static String where(FlywayException e) {
        if (!(e instanceof FlywayMigrateException failed) || failed.getMigration() == null) {
            return "";
        }
        String line = failed.getLineNumber() > 0 ? ", line " + failed.getLineNumber() : "";
        return "script " + failed.getMigration().getScript() + line + ": ";
    }

    private static SQLException sql(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static String firstLine(FlywayException e) {
        return e.getMessage().lines().limit(3).reduce((a, b) -> a + " " + b).orElse(e.toString());
    }

    private static String state(Flyway flyway) {
        try {
            MigrationInfo current = flyway.info().current();
            if (current == null) {
                return "; nothing has been migrated yet";
            }
            return current.getState().isFailed()
                    ? "; it is marked as failed in the history, and what it did is to be put right by hand before another"
                            + " attempt"
                    : "; what it did was undone, and the schema is at version " + current.getVersion();
        } catch (FlywayException e) {
            return "; how the schema is now could not be told";
        }
    }
}
