package io.upstep.verifier.check;

import io.upstep.event.Evidence;
import io.upstep.event.Installation;
import io.upstep.verifier.cluster.ClusterReader;
import java.time.Clock;

/**
 * What one look may use.
 *
 * @param name the check or probe that looks
 * @param plan the id of the plan it looks for
 * @param cluster the installation's cluster, read-only
 * @param watch what earlier looks of the same run saw
 */
public record CheckContext(
        String name, String plan, Installation installation, ClusterReader cluster, Watch watch, Clock clock) {

    public String namespace() {
        return installation.namespace();
    }

    public Evidence passed(String subject, String expected, String actual) {
        return evidence(subject, Evidence.Result.PASSED, expected, actual);
    }

    public Evidence failed(String subject, String expected, String actual) {
        return evidence(subject, Evidence.Result.FAILED, expected, actual);
    }

    public Evidence unknown(String subject, String expected, String reason) {
        return evidence(subject, Evidence.Result.UNKNOWN, expected, reason);
    }

    public Evidence judged(boolean good, String subject, String expected, String actual) {
        return good ? passed(subject, expected, actual) : failed(subject, expected, actual);
    }

    private Evidence evidence(String subject, Evidence.Result result, String expected, String actual) {
        return new Evidence(name, subject, result, expected, actual, clock.instant());
    }
}
