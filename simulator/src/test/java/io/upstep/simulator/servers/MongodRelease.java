package io.upstep.simulator.servers;

import de.bwaldvogel.mongo.MongoVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a version of mongod says of itself, and which compatibility versions it can live with: its own and the one before. */
record MongodRelease(String version) implements MongoVersion {
    private static final List<String> SERIES = List.of("3.4", "3.6", "4.0", "4.2", "4.4", "5.0", "6.0", "7.0");
    private static final List<Integer> WIRE = List.of(5, 6, 7, 8, 9, 13, 17, 21);

    MongodRelease {
        if (!SERIES.contains(series(version))) {
            throw new IllegalArgumentException("expected a version of " + SERIES + ", came " + version);
        }
    }

    String series() {
        return series(version);
    }

    private static String series(String version) {
        String[] parts = version.split("\\.");
        return parts[0] + "." + parts[1];
    }

    List<String> accepted() {
        int own = SERIES.indexOf(series());
        return SERIES.subList(Math.max(0, own - 1), own + 1);
    }

    boolean isAtLeast(String other) {
        return SERIES.indexOf(series()) >= SERIES.indexOf(other);
    }

    @Override
    public String toVersionString() {
        return version;
    }

    @Override
    public List<Integer> getVersionArray() {
        List<Integer> parts = new ArrayList<>(
                Arrays.stream(version.split("\\.")).map(Integer::valueOf).toList());
        while (parts.size() < 4) {
            parts.add(0);
        }
        return parts;
    }

    @Override
    public int getWireVersion() {
        return WIRE.get(SERIES.indexOf(series()));
    }
}
