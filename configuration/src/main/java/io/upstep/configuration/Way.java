package io.upstep.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** Whether rules lead from one version to another. */
public sealed interface Way {

    /**
     * They do.
     *
     * @param files to apply in this order; none if the two versions are the same
     * @param arrival the file that says what the target takes; null if none does
     */
    record Open(List<RuleFile> files, RuleFile arrival) implements Way {
        public Migration migration() {
            return new Migration(files, arrival);
        }

        /** As answers show it. */
        public List<Stage> path() {
            return files.stream().map(Stage::of).toList();
        }
    }

    /** They do not. */
    record Closed(String reason, String remedy) implements Way {}

    /** One file of the way. */
    record Stage(String title, String source, String from, String to) {
        static Stage of(RuleFile file) {
            return new Stage(
                    file.title(),
                    file.source(),
                    file.edges().stream()
                            .map(edge -> edge.from().text())
                            .distinct()
                            .collect(Collectors.joining(" || ")),
                    file.edges().stream()
                            .map(edge -> edge.to().text())
                            .distinct()
                            .collect(Collectors.joining(" || ")));
        }
    }
}
