package io.upstep.verifier.check.sql;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.upstep.event.Evidence;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Whether a live database still has the data of a restore point. */
@ApplicationScoped
public class SameDataCheck implements Check<SameDataCheck.With> {
    private final Databases databases;
    private final VerifierConfig config;

    public SameDataCheck(Databases databases, VerifierConfig config) {
        this.databases = databases;
        this.config = config;
    }

    /** How exactly the two must agree. */
    public enum Compare {
        /** At least as many rows. */
        @JsonProperty("rows")
        ROWS("at least as many rows"),
        /** Exactly as many rows. */
        @JsonProperty("equal-rows")
        EQUAL_ROWS("as many rows"),
        /** The same rows, as far as the checksums go. */
        @JsonProperty("checksums")
        CHECKSUMS("the same rows");

        private final String words;

        Compare(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * @param name the restore point's
     * @param connection the live database
     * @param tables only these, with or without their schema
     * @param ignore all but these
     * @param compare rows if not said
     * @param renamed tables that are called otherwise now: old name to new name
     */
    public record With(
            String name,
            Database connection,
            List<String> tables,
            List<String> ignore,
            Compare compare,
            Map<String, String> renamed) {
        public With {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("expected the restore point's 'name'");
            }
            Database.required(connection);
            tables = tables == null ? List.of() : List.copyOf(tables);
            ignore = ignore == null ? List.of() : List.copyOf(ignore);
            compare = compare == null ? Compare.ROWS : compare;
            renamed = renamed == null ? Map.of() : Map.copyOf(renamed);
            if (!tables.isEmpty() && !ignore.isEmpty()) {
                throw new IllegalArgumentException("expected 'tables' or 'ignore', came both");
            }
        }
    }

    @Override
    public String name() {
        return "postgres.same-data";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String subject = with.connection().toString();
        String expected = with.compare().words() + " in each table of restore point " + with.name();
        return Asking.of(subject, expected, context, () -> {
            RestorePoint point = RestorePoint.find(with.name(), context);
            TableComparison comparison = new TableComparison(with, point.fingerprint());
            List<String> differences =
                    databases.read(with.connection(), config.comparisonTimeout(), context, comparison::differences);
            return context.judged(
                    differences.isEmpty(),
                    subject,
                    expected,
                    differences.isEmpty() ? comparison.summary() : RestorePointCheck.list(differences));
        });
    }
}
