package io.upstep.broker.contract.server;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether a test's server is installed. */
class RequiredServerCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresServer.class)
                .map(RequiresServer::value)
                .filter(binary -> !isInstalled(binary))
                .map(RequiredServerCondition::missing)
                .orElseGet(() -> ConditionEvaluationResult.enabled("it is installed"));
    }

    private static ConditionEvaluationResult missing(String binary) {
        return Boolean.parseBoolean(System.getenv("UPSTEP_REQUIRE_SERVERS"))
                ? ConditionEvaluationResult.enabled(
                        binary + " is missing, which UPSTEP_REQUIRE_SERVERS makes a failure")
                : ConditionEvaluationResult.disabled(
                        binary + " is not installed; on Debian: apt-get install redis-server rabbitmq-server chromium");
    }

    private static boolean isInstalled(String binary) {
        return binary.startsWith("/")
                ? Files.isExecutable(Path.of(binary))
                : Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, binary)));
    }
}
