package io.upstep.verifier.check.sql;

import io.upstep.event.Evidence;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.cluster.NoAnswerException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a backup brings back what there was: looks itself at the database it was restored into, and compares that with
 * the fingerprint taken together with the backup.
 */
@ApplicationScoped
public class RestorePointCheck implements Check<RestorePointCheck.With> {
    private static final int SHOWN = 5;
    private final Databases databases;
    private final VerifierConfig config;

    public RestorePointCheck(Databases databases, VerifierConfig config) {
        this.databases = databases;
        this.config = config;
    }

    /**
     * @param name the restore point's
     * @param connection the server with the scratch database
     * @param database the scratch database; if not said, the one the restore point itself names
     */
    public record With(String name, Database connection, String database) {
        public With {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("expected the restore point's 'name'");
            }
            Database.required(connection);
        }
    }

    @Override
    public String name() {
        return "postgres.restore-point";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String subject = "restore point " + with.name();
        String expected = "restored, it holds what the database held";
        return Asking.of(subject, expected, context, () -> judge(with, subject, expected, context));
    }

    /** Nobody writes to a restore point or its copy any more: another look would read all of it to say the same. */
    private Evidence judge(With with, String subject, String expected, CheckContext context) {
        try {
            Evidence evidence = compare(with, subject, expected, context);
            if (evidence.result() == Evidence.Result.FAILED) {
                context.watch().hopeless();
            }
            return evidence;
        } catch (SqlRefusedException e) {
            if (e.isNoDatabase()) {
                context.watch().hopeless();
            }
            throw e;
        }
    }

    private Evidence compare(With with, String subject, String expected, CheckContext context) {
        RestorePoint point = RestorePoint.find(with.name(), context);
        String scratch = with.database() == null ? point.scratch().orElse("") : with.database();
        if (scratch.isEmpty() || point.scratch().isEmpty()) {
            return context.failed(subject, expected, "it was not restored into a scratch database yet");
        }
        if (scratch.equals(point.fingerprint().database())) {
            throw new NoAnswerException("expected a scratch database, came '" + scratch
                    + "', the name of the one the backup was made of, which proves nothing");
        }
        if (point.fingerprint().isEmpty()) {
            return context.failed(
                    subject, expected, "the backup is of nothing: it has neither a table nor a large object");
        }
        Fingerprint found = databases.read(
                with.connection().named(scratch), config.comparisonTimeout(), context, connection -> new Fingerprinter(
                                connection)
                        .take(point::tellsOf));
        List<String> differences = point.fingerprint().differencesTo(found);
        return context.judged(
                differences.isEmpty(),
                subject,
                expected,
                differences.isEmpty() ? same(point, found) : list(differences));
    }

    private static String same(RestorePoint point, Fingerprint found) {
        return "the same in " + found.database() + ": " + found.tables().size() + " tables with " + found.rows()
                + " rows, " + found.sequences().size() + " sequences, "
                + found.largeObjects().count() + " large objects; taken " + point.takenAt() + " from "
                + point.fingerprint().database() + " on PostgreSQL "
                + point.fingerprint().serverVersion() + ", restored on " + found.serverVersion();
    }

    static String list(List<String> differences) {
        return differences.size()
                + (differences.size() == 1 ? " difference: " : " differences: ")
                + differences.stream().limit(SHOWN).collect(Collectors.joining("; "))
                + (differences.size() > SHOWN ? "; …" : "");
    }
}
