package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Marks;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code kubernetes.run-job}: runs a Job to its end, one per step at a time however many attempts there are. */
@ApplicationScoped
public class RunJobAction extends ObjectAction<RunJobAction.With> {

    /**
     * @param name the Job's name, to which attempt and epoch are added
     * @param image may be left out with {@code fromDeployment}
     * @param env an object of names and values, or an array of Kubernetes' own entries
     * @param envFrom an array of Kubernetes' own entries
     * @param backoffLimit how many pods may fail; Kubernetes' default if not said
     * @param deadline how long the Job may run
     * @param fromDeployment whose first container lends environment, volumes, and service account
     * @param volumes an array of Kubernetes' own entries; of those lent, one of the same name is replaced
     * @param mounts an array of Kubernetes' own volumeMounts; of those lent, one at the same path is replaced
     * @param nodeSelector the labels of the node it is to run on, instead of those lent
     * @param tolerations an array of Kubernetes' own entries, beside those lent
     */
    public record With(
            String name,
            String image,
            List<String> command,
            List<String> args,
            JsonNode env,
            JsonNode envFrom,
            String serviceAccount,
            Integer backoffLimit,
            Duration deadline,
            String fromDeployment,
            JsonNode volumes,
            JsonNode mounts,
            Map<String, String> nodeSelector,
            JsonNode tolerations) {
        public With {
            if (name == null || !name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                throw new IllegalArgumentException(
                        "expected 'name' to be 1 to 63 lower-case letters, digits or dashes, came '" + name + "'");
            }
            if (image == null && fromDeployment == null) {
                throw new IllegalArgumentException("expected 'image' or 'fromDeployment', came neither");
            }
            if (env != null && !env.isObject() && !env.isArray()) {
                throw new IllegalArgumentException(
                        "expected 'env' to be an object or an array, came " + env.getNodeType());
            }
            arrayOrNothing("envFrom", envFrom);
            arrayOrNothing("volumes", volumes);
            arrayOrNothing("mounts", mounts);
            arrayOrNothing("tolerations", tolerations);
            command = command == null ? List.of() : List.copyOf(command);
            args = args == null ? List.of() : List.copyOf(args);
            nodeSelector = nodeSelector == null ? Map.of() : Map.copyOf(nodeSelector);
        }

        private static void arrayOrNothing(String name, JsonNode value) {
            if (value != null && !value.isArray()) {
                throw new IllegalArgumentException(
                        "expected '" + name + "' to be an array, came " + value.getNodeType());
            }
        }
    }

    public RunJobAction() {
        super("kubernetes.run-job", With.class);
    }

    @Override
    Outcome act(With with, StepContext context, FencedObjects objects) {
        PlainSecrets.refuseIn(with.env());
        List<ObjectNode> jobs = objects.list(Kinds.JOB, StepLabels.selector(context.attempt()));
        Optional<ObjectNode> complete = jobs.stream()
                .filter(JobState::isComplete)
                .filter(objects::isDone)
                .findFirst();
        if (complete.isPresent()) {
            return Outcome.Succeeded.of(Manifest.title(complete.get()) + " of an earlier attempt is complete");
        }
        if (objects.isPreview()) {
            objects.create(Kinds.JOB, manifest(with, context, objects));
            return objects.report().outcome("created");
        }
        // Two at once on the same directory would destroy it, and a pod that is cancelled has half a minute more.
        Waiting.until(
                context,
                null,
                () -> JobState.stillEnding(context, objects),
                left -> ActionException.passing("timeout", left));
        ObjectNode job = jobs.stream()
                .filter(earlier -> !JobState.isFailed(earlier) && !JobState.isComplete(earlier))
                .findFirst()
                .orElseGet(() -> objects.create(Kinds.JOB, manifest(with, context, objects)));
        ObjectNode released = objects.edit(Kinds.JOB, Manifest.name(job), j -> release(j, context));
        return awaited(released, context, objects);
    }

    /**
     * A Job is made suspended and let go in a second write, which fails if a newer attempt has taken the Job over meanwhile:
     * so even an executor that was paused in between cannot start a second one.
     */
    private static ObjectNode manifest(With with, StepContext context, FencedObjects objects) {
        ObjectNode lender = with.fromDeployment() == null
                ? null
                : objects.find(new Target("Deployment", null, with.fromDeployment(), null))
                        .get(0);
        return new JobManifest(with, context).suspended(lender);
    }

    private static boolean release(ObjectNode job, StepContext context) {
        boolean suspended = job.at("/spec/suspend").asBoolean(false);
        boolean ours = String.valueOf(context.attempt().epoch()).equals(Manifest.annotation(job, Marks.EPOCH));
        Manifest.child(job, "spec").put("suspend", false);
        return suspended || !ours;
    }

    private static Outcome awaited(ObjectNode job, StepContext context, FencedObjects objects) {
        String name = Manifest.name(job);
        JobState[] last = new JobState[1];
        Waiting.until(
                context,
                null,
                () -> {
                    last[0] = JobState.of(name, objects);
                    return last[0].unfinished();
                },
                left -> ActionException.passing("timeout", left));
        JobState end = last[0];
        if (end.failure().isPresent()) {
            throw ActionException.permanent("job-failed", end.failure().get());
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode().put("job", name);
        return objects.report().outcome("complete", details);
    }
}
