package io.upstep.executor.action.elasticsearch;

import io.upstep.simulator.servers.RealElasticsearch;
import io.upstep.simulator.servers.TrainsEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Elasticsearch 5.6 and a real 7.6, started once for all tests of the module, with the templates Trains has. */
final class TestNodes {
    private static TestNodes shared;

    final RealElasticsearch old;
    final RealElasticsearch recent;

    private TestNodes(Path directory) {
        old = RealElasticsearch.launch(RealElasticsearch.OLD, directory.resolve("elastic"));
        recent = RealElasticsearch.launch(
                RealElasticsearch.NEW, directory.resolve("elastic_7"), "reindex.remote.whitelist: '127.0.0.1:*'");
        TrainsEvents.put(TrainsEvents.templates5(), old.awaitReady());
        TrainsEvents.put(TrainsEvents.templates7(), recent.awaitReady());
    }

    static synchronized TestNodes shared() {
        if (shared == null) {
            try {
                shared = new TestNodes(Files.createTempDirectory(Path.of("target"), "elastic"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return shared;
    }

    /** Nothing is on either side but the templates. */
    void empty() {
        old.call("DELETE", "/_all", "");
        recent.call("DELETE", "/_all", "");
    }
}
