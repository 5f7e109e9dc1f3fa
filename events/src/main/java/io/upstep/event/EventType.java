package io.upstep.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every event type there is: its stable name, its data, who must receive it, and whether it is routed by cluster. */
public enum EventType {
    OBSERVATION_REQUESTED("observation.requested", ObservationRequested.class, Role.VERIFIER, true),
    INSTALLATION_OBSERVED("installation.observed", InstallationObserved.class, Role.PLANNER, false),
    STEP_REQUESTED("step.requested", StepRequested.class, Role.EXECUTOR, true),
    STEP_CANCEL_REQUESTED("step.cancel.requested", StepCancelRequested.class, Role.EXECUTOR, true),
    LEASE_RELEASE_REQUESTED("lease.release.requested", LeaseReleaseRequested.class, Role.EXECUTOR, true),
    STEP_PROGRESSED("step.progressed", StepProgressed.class, Role.PLANNER, false),
    STEP_EXECUTED("step.executed", StepExecuted.class, Role.VERIFIER, true),
    STEP_COMPLETED("step.completed", StepCompleted.class, Role.PLANNER, false),
    PLAN_VERIFICATION_REQUESTED("plan.verification.requested", PlanVerificationRequested.class, Role.VERIFIER, true),
    PLAN_VERIFICATION_PROGRESSED("plan.verification.progressed", PlanVerificationProgressed.class, Role.PLANNER, false),
    UPGRADE_COMPLETED("upgrade.completed", UpgradeCompleted.class, Role.PLANNER, false),
    WORKER_SEEN("worker.seen", WorkerSeen.class, Role.PLANNER, false);

    private static final Map<String, EventType> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(EventType::typeName, Function.identity()));
    private static final Map<Class<?>, EventType> BY_DATA =
            Arrays.stream(values()).collect(Collectors.toMap(EventType::dataClass, Function.identity()));

    private final String channel;
    private final Class<? extends EventData> dataClass;
    private final Role receiver;
    private final boolean routedByCluster;

    EventType(String channel, Class<? extends EventData> dataClass, Role receiver, boolean routedByCluster) {
        this.channel = channel;
        this.dataClass = dataClass;
        this.receiver = receiver;
        this.routedByCluster = routedByCluster;
    }

    /** The CloudEvents {@code type}, for example {@code io.upstep.step.requested.v1}. Never changes; a new shape gets v2. */
    public String typeName() {
        return "io.upstep." + channel + ".v1";
    }

    /** The one channel that carries this type, and nothing else, for example {@code step.requested}. */
    public String channel() {
        return channel;
    }

    public Class<? extends EventData> dataClass() {
        return dataClass;
    }

    /** The role whose queue must exist before anything is published here, so that nothing published is lost. */
    public Role receiver() {
        return receiver;
    }

    public boolean routedByCluster() {
        return routedByCluster;
    }

    public static Optional<EventType> named(String typeName) {
        return Optional.ofNullable(BY_NAME.get(typeName));
    }

    public static EventType of(EventData data) {
        return carrying(data.getClass());
    }

    /** The type whose data is of this class. */
    public static EventType carrying(Class<? extends EventData> dataClass) {
        return BY_DATA.get(dataClass);
    }

    /** A service's part in the round trip; its name in lower case is the consumer group its replicas share. */
    public enum Role {
        PLANNER,
        EXECUTOR,
        VERIFIER;

        public String group() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
