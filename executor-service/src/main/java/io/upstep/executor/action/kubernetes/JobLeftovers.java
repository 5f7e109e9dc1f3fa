package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.executor.action.Leftovers;
import io.upstep.executor.action.Marks;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/** Suspends the Jobs a cancelled step has started: their pods end, and what they were remains to be read. */
@ApplicationScoped
public class JobLeftovers implements Leftovers {
    private static final int TRIES = 8;

    @Override
    public List<String> stop(
            KubernetesClient client, Installation installation, AttemptId cancellation, Runnable checkpoint) {
        Api api = new Api(client, installation.namespace(), false);
        List<String> stopped = new ArrayList<>();
        for (ObjectNode job : api.list(Kinds.JOB, StepLabels.selector(cancellation))) {
            if (suspend(api, Manifest.name(job), installation, cancellation, checkpoint)) {
                stopped.add(Manifest.title(job));
            }
        }
        return stopped;
    }

    private static boolean suspend(
            Api api, String name, Installation installation, AttemptId cancellation, Runnable checkpoint) {
        for (int tries = 1; ; tries++) {
            ObjectNode job = api.get(Kinds.JOB, name).orElse(null);
            if (job == null || JobState.isComplete(job) || JobState.isFailed(job) || isNewer(job, cancellation)) {
                return false;
            }
            Manifest.child(job, "spec").put("suspend", true);
            ObjectNode annotations = Manifest.child(Manifest.child(job, "metadata"), "annotations");
            Marks.of(installation, cancellation).forEach(annotations::put);
            checkpoint.run();
            try {
                api.replace(Kinds.JOB, job);
                return true;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** A later attempt, begun since, has started it or taken it over. */
    private static boolean isNewer(ObjectNode job, AttemptId cancellation) {
        return Marks.epoch(Manifest.annotation(job, Marks.EPOCH)) > cancellation.epoch();
    }
}
