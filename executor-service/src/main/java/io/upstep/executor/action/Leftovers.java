package io.upstep.executor.action;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import java.util.List;

/** Stops what a cancelled step's action left running in the cluster. Found like actions: an application-scoped bean. */
public interface Leftovers {

    /**
     * @param cancellation the step, under the epoch of its cancellation
     * @param checkpoint to be run before each write: returns while the cancellation still owns the installation, and throws
     *     {@link StoppedException} when it does not
     * @return what was stopped, for people
     */
    List<String> stop(KubernetesClient client, Installation installation, AttemptId cancellation, Runnable checkpoint);
}
