package io.upstep.executor.action.helm;

import io.upstep.executor.action.ActionException;
import java.util.List;
import java.util.Locale;

/** Makes of what Helm says one failure, and knows which of them may be gone at the next attempt. */
final class HelmFailure {
    private static final List<String> PASSING = List.of(
            "connection refused",
            "connection reset",
            "unexpected eof",
            "timed out",
            "timeout",
            "deadline exceeded",
            "cluster unreachable",
            "unable to handle the request",
            "too many requests",
            "has been modified",
            "another operation (install/upgrade/rollback) is in progress",
            "etcdserver",
            "internal error");

    private HelmFailure() {}

    static ActionException of(String said) {
        String text = said.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        return PASSING.stream().anyMatch(lower::contains)
                ? ActionException.passing("helm-failed", "Helm says: " + text)
                : ActionException.permanent("helm-failed", "Helm says: " + text);
    }
}
