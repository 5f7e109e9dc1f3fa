package io.upstep.standalone.fault;

import java.time.Duration;
import java.util.Map;

/** Patience as short as a test wants it; what it is about is the same with the defaults, only slower. */
final class Timings {
    /** As in the test's recipe: how long an attempt may show no sign of life. */
    static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(3);

    /** How often an executor shows one, then. */
    static final Duration HEARTBEAT = HEARTBEAT_LIMIT.multipliedBy(3).dividedBy(5);

    static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("UPSTEP_PLANNER_TIMING_ANSWER", "PT2S"),
            Map.entry("UPSTEP_PLANNER_TIMING_ANSWER_LONGEST", "PT4S"),
            Map.entry("UPSTEP_PLANNER_TIMING_ACCEPTANCE", "PT2S"),
            Map.entry("UPSTEP_PLANNER_TIMING_ACCEPTANCE_LONGEST", "PT4S"),
            Map.entry("UPSTEP_PLANNER_TIMING_RETRY", "PT0.3S"),
            Map.entry("UPSTEP_PLANNER_TIMING_RETRY_LONGEST", "PT2S"),
            Map.entry("UPSTEP_PLANNER_TIMING_HANDOVER", "PT6S"),
            Map.entry("UPSTEP_PLANNER_TIMING_HANDOVER_LONGEST", "PT8S"),
            Map.entry("UPSTEP_EXECUTOR_PRESENCE_INTERVAL", "PT1S"),
            Map.entry("UPSTEP_EXECUTOR_CONNECTION_TIMEOUT", "PT1S"),
            Map.entry("UPSTEP_EXECUTOR_REQUEST_TIMEOUT", "PT2S"),
            Map.entry("UPSTEP_VERIFIER_PATIENCE", "PT2S"),
            Map.entry("UPSTEP_VERIFIER_OBSERVATION_PATIENCE", "PT5S"),
            Map.entry("UPSTEP_VERIFIER_PROGRESS_INTERVAL", "PT1S"),
            Map.entry("UPSTEP_VERIFIER_PRESENCE_INTERVAL", "PT1S"),
            Map.entry("UPSTEP_VERIFIER_CONNECT_TIMEOUT", "PT1S"),
            Map.entry("UPSTEP_VERIFIER_REQUEST_TIMEOUT", "PT2S"),
            Map.entry("UPSTEP_VERIFIER_LOOK_TIMEOUT", "PT3S"),
            Map.entry("UPSTEP_REDIS_CLAIM_IDLE", "PT3S"),
            Map.entry("UPSTEP_PUBLISH_TIMEOUT", "PT3S"));

    private Timings() {}
}
