package io.upstep.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills, freezes, loses, repeats and refuses, by a seed, and looks whether every promise holds. Short by itself; the long run
 * that docs/reference/faults.md reports is the same with another count: deploy/faults.sh.
 */
class FaultInjectionIT {
    private static final int SHORT = 6;
    private static final long SEED = 20261120;

    @ParameterizedTest
    @EnumSource(BrokerKind.class)
    void shouldHaveOneOwnerPerEffectAndNoPlanStuckWhateverIsDoneToIt(BrokerKind broker, @TempDir Path directory)
            throws Exception {
        String wanted = System.getProperty("upstep.faults.broker", "all");
        assumeTrue(wanted.equals("all") || wanted.equalsIgnoreCase(broker.name()));
        long seed = Long.getLong("upstep.faults.seed", SEED);
        int count = Integer.getInteger("upstep.faults.count", SHORT);
        System.out.printf("faults on %s: seed %d, count %d%n", broker, seed, count);

        Campaign campaign = new Campaign(broker, seed, count);
        String result = campaign.run(directory);

        System.out.println("RESULT " + result);
        assertThat(campaign.tally().injected()).isGreaterThanOrEqualTo(count);
    }
}
