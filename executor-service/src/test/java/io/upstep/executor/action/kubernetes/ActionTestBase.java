package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.upstep.event.Outcome;
import io.upstep.executor.TestCluster;
import io.upstep.executor.action.Action;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Parameters;
import io.upstep.executor.action.StepContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of actions on a cluster have in common: parameters are written as a recipe would. */
public abstract class ActionTestBase {
    private static final YAMLMapper YAML = new YAMLMapper();

    protected TestCluster cluster;
    protected FakeContext first;

    @BeforeEach
    void start() {
        cluster = new TestCluster();
        first = new FakeContext(cluster, 1, 5);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    protected static <P> Outcome.Succeeded run(Action<P> action, StepContext context, String with) {
        return (Outcome.Succeeded) action.run(bound(action, with), context);
    }

    /** A preview, of which it is known that it has written nothing. */
    protected static <P> Outcome.Succeeded preview(Action<P> action, StepContext context, String with) {
        return (Outcome.Succeeded) action.preview(bound(action, with), context);
    }

    protected static <P> ActionException failure(Action<P> action, StepContext context, String with) {
        ActionException failure =
                catchThrowableOfType(ActionException.class, () -> action.run(bound(action, with), context));
        assertThat(failure).as("the action should have failed").isNotNull();
        return failure;
    }

    private static <P> P bound(Action<P> action, String with) {
        return Parameters.bind(action.name(), yaml(with), action.parameters());
    }

    protected static ObjectNode yaml(String text) {
        try {
            return (ObjectNode) YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    protected static String diff(Outcome.Succeeded outcome) {
        return outcome.details().path("diff").toString().replace("\\n", "\n");
    }
}
