package io.upstep.verifier.check.mongodb;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.upstep.event.Evidence;
import io.upstep.verifier.VerifierConfig;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** Whether databases still have what an executor noted of them in this plan. */
@ApplicationScoped
public class SameDataCheck implements Check<SameDataCheck.With> {
    private static final int SHOWN = 10;

    private final Mongods mongods;
    private final VerifierConfig config;

    public SameDataCheck(Mongods mongods, VerifierConfig config) {
        this.mongods = mongods;
        this.config = config;
    }

    /** How alike they are to be. */
    public enum Compare {
        /** The same collections with as many documents. */
        @JsonProperty("counts")
        COUNTS("the same collections with as many documents"),
        /** Each collection with at least as many documents; others may have come. */
        @JsonProperty("at-least")
        AT_LEAST("each collection with at least as many documents"),
        /** As counts, and the first documents of each as they were. */
        @JsonProperty("checksums")
        CHECKSUMS("the same collections with the same documents");

        private final String words;

        Compare(String words) {
            this.words = words;
        }
    }

    /**
     * @param connection the live server
     * @param name the note's
     * @param compare counts if not said
     * @param ignore collections that may have changed, as database.collection
     */
    public record With(Mongod connection, String name, Compare compare, Set<String> ignore) {
        public With {
            Mongod.required(connection);
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("expected the note's 'name'");
            }
            compare = compare == null ? Compare.COUNTS : compare;
            ignore = ignore == null ? Set.of() : Set.copyOf(ignore);
            ignore.stream().filter(one -> !one.contains(".")).findFirst().ifPresent(one -> {
                throw new IllegalArgumentException("expected 'ignore' as database.collection, came '" + one + "'");
            });
        }
    }

    @Override
    public String name() {
        return "mongodb.same-data";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        Mongod mongod = with.connection();
        String expected = with.compare().words + " as note " + with.name();
        return Asking.of(mongod, mongod.toString(), expected, context, () -> {
            DataNote note = DataNote.find(with.name(), context);
            List<String> differences =
                    mongods.read(mongod, config.comparisonTimeout(), context, client -> new Comparison(
                                    with, note, new Contents(client, config.comparisonTimeout()))
                            .differences());
            return context.judged(
                    differences.isEmpty(),
                    mongod.toString(),
                    expected,
                    differences.isEmpty()
                            ? note.collections().size() + " collections, " + note.documents() + " documents noted"
                            : list(differences));
        });
    }

    private static String list(List<String> differences) {
        String shown = String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())));
        return differences.size() <= SHOWN ? shown : shown + "; and " + (differences.size() - SHOWN) + " more";
    }
}
