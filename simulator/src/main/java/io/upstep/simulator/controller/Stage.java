package io.upstep.simulator.controller;

import static io.upstep.simulator.store.Fields.at;
import static io.upstep.simulator.store.Fields.text;

import com.fasterxml.jackson.databind.JsonNode;

/** How far a pod is. */
enum Stage {
    NEW,
    SCHEDULED,
    PULL_FAILED,
    RUNNING,
    BACKING_OFF,
    READY,
    SUCCEEDED,
    FAILED,
    GONE;

    /** Read from the pod itself, so that it survives a restart. */
    static Stage of(JsonNode pod) {
        if (text(pod, "status", "startTime").isEmpty()) {
            return NEW;
        }
        String waiting = waiting(pod);
        if (waiting.equals("ImagePullBackOff")) {
            return PULL_FAILED;
        }
        if (waiting.equals("CrashLoopBackOff")) {
            return BACKING_OFF;
        }
        if (!text(pod, "status", "phase").equals("Running")) {
            return SCHEDULED;
        }
        return Pods.isReady(pod) ? READY : RUNNING;
    }

    private static String waiting(JsonNode pod) {
        for (JsonNode container : at(pod, "status", "containerStatuses")) {
            String reason = text(container, "state", "waiting", "reason");
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return "";
    }
}
