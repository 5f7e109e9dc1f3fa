package io.upstep.executor.action.mongodb;

import com.mongodb.MongoException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.upstep.executor.action.StepContext;
import java.net.ConnectException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.Document;

/** Tells a server that is gone from one that cannot be reached now: nobody may take the second for the first. */
final class Absence {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final Mongod mongod;
    private final StepContext context;

    Absence(Mongod mongod, StepContext context) {
        this.mongod = mongod;
        this.context = context;
    }

    /** Whether its Service has no pod that may still run. */
    boolean isOfPods() {
        if (mongod.service() == null) {
            return false;
        }
        Service service = context.client()
                .services()
                .inNamespace(context.namespace())
                .withName(mongod.service())
                .get();
        Map<String, String> selector =
                service == null ? null : service.getSpec().getSelector();
        return selector != null
                && !selector.isEmpty()
                && context
                        .client()
                        .pods()
                        .inNamespace(context.namespace())
                        .withLabels(selector)
                        .list()
                        .getItems()
                        .stream()
                        .allMatch(Absence::hasEnded);
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus() != null && ENDED.contains(pod.getStatus().getPhase());
    }

    /** The server's version; empty if its host says that nobody listens. */
    Optional<String> unlessGone(UnaryOperator<Document> admin) {
        try {
            return Optional.of(admin.apply(new Document("buildInfo", 1)).getString("version"));
        } catch (MongoException e) {
            if (mongod.host() != null && isRefused(e)) {
                return Optional.empty();
            }
            throw MongoFailures.of(mongod, e);
        }
    }

    private static boolean isRefused(MongoException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        // A driver that has waited for a server in vain tells the cause in words only.
        return String.valueOf(e.getMessage()).contains(ConnectException.class.getName() + ": Connection refused");
    }
}
