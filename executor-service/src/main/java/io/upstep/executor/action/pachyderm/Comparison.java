package io.upstep.executor.action.pachyderm;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares a restored pachd with the extract: repos and pipelines by name; branches and commits, by their ids, of the repos that
 * are input repos in the new one. Commits of output repos it makes anew, with new ids.
 */
final class Comparison {
    private static final int SHOWN = 10;

    private final Extract extract;
    private final ExtractFile file;

    Comparison(Extract extract, ExtractFile file) {
        this.extract = extract;
        this.file = file;
    }

    void require(Pachd pachd, StepContext context) throws IOException {
        Set<String> repos = Set.copyOf(pachd.repos());
        Set<String> pipelines = pachd.pipelines().stream().map(Pipeline::name).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        extract.repos().stream().filter(name -> !repos.contains(name)).forEach(name -> missing.add("repo " + name));
        extract.pipelines().stream()
                .filter(name -> !pipelines.contains(name))
                .forEach(name -> missing.add("pipeline " + name));
        Tally wanted = new Tally();
        file.read(extract, op -> wanted.add(Op.read(op)));
        Tally found = new Tally();
        pachd.extract(
                false,
                op -> found.add(Op.read(op)),
                () -> context.progress(null, "comparing, " + found.count() + " operations"));
        missing.addAll(commits(wanted.subjects(), found.subjects()));
        if (!missing.isEmpty()) {
            throw ActionException.permanent(
                    "restore-differs",
                    "expected everything that is in the extract to be in the new pachd, missing are " + missing.size()
                            + ": " + missing.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "))
                            + (missing.size() > SHOWN ? ", …" : ""));
        }
    }

    private static List<String> commits(Set<Op.Subject> wanted, Set<Op.Subject> found) {
        Set<String> inputs = found.stream()
                .filter(subject -> subject.kind().equals("repo"))
                .map(Op.Subject::name)
                .collect(Collectors.toSet());
        return wanted.stream()
                .filter(subject -> subject.repo() != null && inputs.contains(subject.repo()))
                .filter(subject -> !found.contains(subject))
                .map(Op.Subject::toString)
                .toList();
    }
}
