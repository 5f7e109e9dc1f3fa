package io.upstep.verifier.check.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.event.Evidence;
import io.upstep.event.Fact;
import io.upstep.verifier.MovableClock;
import io.upstep.verifier.check.BadParametersException;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import io.upstep.verifier.check.Parameters;
import io.upstep.verifier.check.Probe;
import io.upstep.verifier.check.Watch;
import io.upstep.verifier.cluster.MockCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** Looks once, with parameters written as recipes write them. */
public final class Looking {
    private Looking() {}

    public static <P> List<Evidence> at(MockCluster cluster, Check<P> check, String with)
            throws BadParametersException {
        return check.look(
                Parameters.bind(check.name(), yaml(with), check.parameters()), context(cluster, check.name()));
    }

    public static <P> Fact at(MockCluster cluster, Probe<P> probe, String with) throws BadParametersException {
        return probe.observe(
                Parameters.bind(probe.name(), yaml(with), probe.parameters()), context(cluster, probe.name()));
    }

    public static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CheckContext context(MockCluster cluster, String name) {
        MovableClock clock = new MovableClock();
        return new CheckContext(
                name,
                MockCluster.PLAN,
                MockCluster.INSTALLATION,
                cluster.reader(),
                new Watch(clock, Duration.ofSeconds(30)),
                clock);
    }
}
