package io.upstep.executor.action.pachyderm;

import com.google.protobuf.UnknownFieldSet;
import java.util.Map;
import java.util.Optional;

/**
 * One operation of an extract: what a pachd would have to do to get where the other one was ({@code admin.Op}). Its outer field says
 * which minor version wrote it, the one inside what it is.
 *
 * @param version for example {@code 1.7}
 * @param kind for example {@code commit}
 * @param about what it makes, if it makes something that has a name of its own
 */
record Op(String version, String kind, Optional<Subject> about) {
    private static final Map<Integer, String> VERSIONS =
            Map.of(1, "1.7", 2, "1.8", 3, "1.9", 4, "1.10", 5, "1.11", 6, "1.12", 7, "1.13");
    private static final int REPO = 4;
    private static final int COMMIT = 5;
    private static final int BRANCH = 6;
    private static final int PIPELINE = 7;
    private static final Map<Integer, String> KINDS = Map.ofEntries(
            Map.entry(2, "object"),
            Map.entry(3, "tag"),
            Map.entry(REPO, "repo"),
            Map.entry(COMMIT, "commit"),
            Map.entry(BRANCH, "branch"),
            Map.entry(PIPELINE, "pipeline"),
            Map.entry(8, "job"),
            Map.entry(9, "object"),
            Map.entry(10, "block"),
            Map.entry(11, "acl"),
            Map.entry(12, "role"),
            Map.entry(13, "authConfig"),
            Map.entry(14, "auth"),
            Map.entry(15, "token"),
            Map.entry(16, "enterprise"),
            Map.entry(17, "checkToken"));

    /** @param repo whose it is; null where it belongs to none */
    record Subject(String kind, String repo, String name) {

        @Override
        public String toString() {
            return kind + " " + (repo == null ? "" : repo + "@") + name;
        }
    }

    static Op read(byte[] message) {
        UnknownFieldSet op = Messages.read(message);
        int version = Messages.onlyField(op);
        UnknownFieldSet inner = Messages.child(op, version == 0 ? 1 : version);
        int field = Messages.onlyField(inner);
        return new Op(
                VERSIONS.getOrDefault(version, "unknown"),
                KINDS.getOrDefault(field, "unknown"),
                Optional.ofNullable(about(field, Messages.child(inner, field == 0 ? 1 : field))));
    }

    private static Subject about(int field, UnknownFieldSet request) {
        return switch (field) {
            case REPO -> new Subject("repo", null, Messages.text(Messages.child(request, 1), 1));
            case PIPELINE -> new Subject("pipeline", null, Messages.text(Messages.child(request, 1), 1));
            // BuildCommitRequest: parent, a commit, which tells the repo even where it has no id; ID.
            case COMMIT -> new Subject("commit", repo(Messages.child(request, 1)), Messages.text(request, 5));
            case BRANCH -> branch(request);
            default -> null;
        };
    }

    private static Subject branch(UnknownFieldSet request) {
        UnknownFieldSet branch = Messages.child(request, 3);
        String name = Messages.text(branch, 2);
        // 1.6 has only its head, and the name beside it.
        return name.isEmpty()
                ? new Subject("branch", repo(Messages.child(request, 1)), Messages.text(request, 2))
                : new Subject("branch", repo(branch), name);
    }

    /** Commit and branch both have their repo first. */
    private static String repo(UnknownFieldSet message) {
        return Messages.text(Messages.child(message, 1), 1);
    }
}
