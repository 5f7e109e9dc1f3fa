package io.upstep.verifier.check.kubernetes;

import io.upstep.event.Evidence;
import io.upstep.verifier.check.Check;
import io.upstep.verifier.check.CheckContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Whether everything meant is of the expected version. Each place read is evidence of its own, so a mix shows which is not. */
@ApplicationScoped
public class VersionCheck implements Check<VersionCheck.With> {

    /**
     * As {@link VersionSource}.
     *
     * @param expected the version; if it is only numbers, what follows the numbers of an image's tag does not matter
     */
    public record With(
            String kind,
            String apiVersion,
            String name,
            String selector,
            VersionSource.From from,
            String key,
            String container,
            String image,
            String pattern,
            String expected) {
        public With {
            if (expected == null || expected.isBlank()) {
                throw new IllegalArgumentException("expected the version that is 'expected'");
            }
            new VersionSource(kind, apiVersion, name, selector, from, key, container, image, pattern);
        }

        VersionSource source() {
            return new VersionSource(kind, apiVersion, name, selector, from, key, container, image, pattern);
        }
    }

    @Override
    public String name() {
        return "kubernetes.version";
    }

    @Override
    public Class<With> parameters() {
        return With.class;
    }

    @Override
    public List<Evidence> look(With with, CheckContext context) {
        String expected = "version " + with.expected();
        List<Reading> readings = with.source().read(context);
        return readings.isEmpty()
                ? List.of(context.failed(with.source().subject(), expected, "nothing to read it from"))
                : readings.stream()
                        .map(reading -> context.judged(
                                reading.version() != null && Versions.same(reading.version(), with.expected()),
                                reading.where(),
                                expected,
                                reading.found()))
                        .toList();
    }
}
