package io.upstep.simulator.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a Pachyderm knows: it is on etcd's volume, and gone with it. */
public final class PachydermEtcd {
    private final Map<String, Repo> repos = new TreeMap<>();
    private final Map<String, Pipe> pipelines = new TreeMap<>();
    private String writtenBy;
    private int starts;
    private int looksUntilStill;

    /** An input repo has no pipeline that fills it. */
    static final class Repo {
        final List<String> commits = new ArrayList<>();
        final Map<String, String> branches = new TreeMap<>();
    }

    /** A pipeline from one repo to that of its own name. */
    static final class Pipe {
        final String input;
        boolean stopped;
        int looksLeft;

        Pipe(String input) {
            this.input = input;
        }
    }

    /** Some input repos with commits, and pipelines behind them, the last of which somebody has stopped. */
    public static PachydermEtcd filled(int inputs) {
        PachydermEtcd etcd = new PachydermEtcd();
        for (int i = 1; i <= inputs; i++) {
            etcd.createRepo("images-" + i);
            for (int c = 1; c <= 3; c++) {
                etcd.commit("images-" + i, String.format("%08x%024x", i, c), "master");
            }
            etcd.createPipeline("edges-" + i, "images-" + i);
        }
        etcd.pipelines.get("edges-" + inputs).stopped = true;
        return etcd;
    }

    synchronized Map<String, Repo> repos() {
        return repos;
    }

    synchronized Map<String, Pipe> pipelines() {
        return pipelines;
    }

    public synchronized List<String> repoNames() {
        return List.copyOf(repos.keySet());
    }

    /** By name, whether they run. */
    public synchronized Map<String, Boolean> running() {
        Map<String, Boolean> running = new TreeMap<>();
        pipelines.forEach((name, pipe) -> running.put(name, !pipe.stopped));
        return running;
    }

    /** A pipeline that is stopped goes on working until somebody has looked at it so many times. */
    public synchronized void stopAfterLooks(int looks) {
        looksUntilStill = looks;
    }

    synchronized void stop(Pipe pipe) {
        pipe.stopped = true;
        pipe.looksLeft = looksUntilStill;
    }

    /** Whether it does not work any more. */
    public synchronized boolean isStill(String pipeline) {
        Pipe pipe = pipelines.get(pipeline);
        return pipe.stopped && pipe.looksLeft == 0;
    }

    /** The same, said to somebody who looks. */
    synchronized boolean lookWhetherStill(String pipeline) {
        boolean still = isStill(pipeline);
        Pipe pipe = pipelines.get(pipeline);
        pipe.looksLeft = Math.max(0, pipe.looksLeft - 1);
        return still;
    }

    public synchronized List<String> commits(String repo) {
        return List.copyOf(repos.get(repo).commits);
    }

    /** The version of the pachd that wrote last; null if none has. */
    public synchronized String writtenBy() {
        return writtenBy;
    }

    public synchronized int starts() {
        return starts;
    }

    synchronized void createRepo(String name) {
        repos.computeIfAbsent(name, n -> new Repo());
    }

    synchronized void commit(String repo, String id, String branch) {
        Repo to = repos.get(repo);
        if (to == null) {
            throw new IllegalStateException("repo " + repo + " not found");
        }
        if (!to.commits.contains(id)) {
            to.commits.add(id);
        }
        to.branches.put(branch, id);
    }

    public synchronized void createPipeline(String name, String input) {
        createRepo(name);
        pipelines.computeIfAbsent(name, n -> new Pipe(input));
    }

    synchronized boolean isOutput(String repo) {
        Pipe pipe = pipelines.get(repo);
        // A pipeline that is stopped takes the provenance from its branch, and so its repo looks like any other.
        return pipe != null && !pipe.stopped;
    }

    /** A pachd starts on it, and fails where it cannot read what another has written. */
    synchronized void open(String version) {
        if (writtenBy != null && !isReadable(writtenBy, version)) {
            throw new IllegalStateException(
                    "pachd " + version + " cannot read the metadata that pachd " + writtenBy + " has written");
        }
        writtenBy = version;
        starts++;
    }

    private static boolean isReadable(String by, String version) {
        int before = minor(by);
        int now = minor(version);
        boolean migrates = now == 7 && by.equals("1.6.10") || before >= 11 && now == before + 1;
        return before == now || migrates;
    }

    static int minor(String version) {
        return Integer.parseInt(version.split("\\.")[1]);
    }

    static int micro(String version) {
        return Integer.parseInt(version.split("\\.")[2]);
    }
}
