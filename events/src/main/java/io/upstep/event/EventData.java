package io.upstep.event;

/** The data of one event. Ids and instructions only: never state to be trusted, never a secret. */
public sealed interface EventData
        permits ObservationRequested,
                InstallationObserved,
                StepRequested,
                StepCancelRequested,
                LeaseReleaseRequested,
                StepProgressed,
                StepExecuted,
                StepCompleted,
                PlanVerificationRequested,
                PlanVerificationProgressed,
                UpgradeCompleted,
                WorkerSeen {

    /** What the event is about: the plan's id, or the worker's for {@link WorkerSeen}. Events of one subject keep their order. */
    String subject();

    /** The cluster the event concerns; requests are routed by it. Null only for {@link WorkerSeen}, which concerns several. */
    String cluster();
}
