package io.upstep.verifier.check.kubernetes;

import io.upstep.verifier.cluster.KubeObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares a workload's pods with its template, whatever its status says: which are of the newest revision, which are old. */
record PodsOfRevision(Workload workload, Template template, long wanted) {
    private static final String REVISION = "controller-revision-hash";

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (isDeployment() && wanted > 0 && currentSet().isEmpty()) {
            problems.add("no ReplicaSet has its template");
        }
        workload.pods().stream()
                .filter(pod -> !isCurrent(pod))
                .forEach(pod -> problems.add("old pod " + pod.name() + " is left"));
        List<PodState> current = current();
        current.stream()
                .filter(pod -> !pod.isReady())
                .forEach(pod -> problems.add("pod " + pod.pod().name() + " " + pod.describe()));
        if (current.size() != wanted) {
            problems.add(current.size() + (current.size() == 1 ? " pod" : " pods") + " of its template");
        }
        return problems;
    }

    /** The pods of the newest revision that are to stay. */
    List<PodState> current() {
        return workload.pods().stream()
                .filter(pod -> isCurrent(pod) && !pod.isTerminating())
                .map(PodState::new)
                .toList();
    }

    private boolean isCurrent(KubeObject pod) {
        return template.hasTheImagesOf(pod) && (isDeployment() ? isOfCurrentSet(pod) : isOfCurrentRevision(pod));
    }

    private boolean isOfCurrentSet(KubeObject pod) {
        return currentSet().filter(pod::isOwnedBy).isPresent();
    }

    private boolean isOfCurrentRevision(KubeObject pod) {
        String hash = pod.label(REVISION);
        String updateRevision = workload.object().text("/status/updateRevision");
        if (hash != null && updateRevision != null && !names(updateRevision, hash)) {
            return false;
        }
        return hash == null
                || workload.revisions().isEmpty()
                || names(workload.revisions().get(0).name(), hash);
    }

    private Optional<KubeObject> currentSet() {
        return workload.revisions().stream().filter(template::isTheOneOf).findFirst();
    }

    private boolean isDeployment() {
        return workload.object().kind().equals("Deployment");
    }

    /** A StatefulSet's pods carry the revision's whole name, a DaemonSet's only the hash it ends with. */
    private static boolean names(String revision, String hash) {
        return revision.equals(hash) || revision.endsWith("-" + hash);
    }
}
