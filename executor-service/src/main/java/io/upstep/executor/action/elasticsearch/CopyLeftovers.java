package io.upstep.executor.action.elasticsearch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.event.AttemptId;
import io.upstep.event.Installation;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.Leftovers;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.StoppedException;
import io.upstep.executor.action.kubernetes.StepLabels;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Cancels the copies that nodes go on with when the step that had them made is cancelled. */
@ApplicationScoped
public class CopyLeftovers implements Leftovers {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Nodes nodes;
    private final Clock clock;

    public CopyLeftovers(Nodes nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    @Override
    public List<String> stop(
            KubernetesClient client, Installation installation, AttemptId cancellation, Runnable checkpoint) {
        StepContext context = new CancelContext(client, installation, cancellation, checkpoint, clock);
        List<ConfigMap> notes = client.configMaps()
                .inNamespace(installation.namespace())
                .withLabelSelector(StepLabels.selector(cancellation))
                .list()
                .getItems();
        List<String> stopped = new ArrayList<>();
        notes.stream()
                .filter(note -> note.getData() != null && note.getData().containsKey(CopyNotes.DESTINATION))
                .forEach(note -> stopped.addAll(stop(note.getData().get(CopyNotes.DESTINATION), context)));
        return stopped;
    }

    /** A node that is gone copies nothing; one that is away is not waited for, because nothing else may wait, either. */
    private List<String> stop(String destination, StepContext context) {
        try {
            JsonNode note = MAPPER.readTree(destination);
            Connection connection = MAPPER.treeToValue(note.path("connection"), Connection.class);
            CopyMark mark = CopyMark.of(context, note.path("name").asText());
            try (Node node = nodes.open(connection, context, Duration.ZERO)) {
                new Permit(node, mark.permit()).take();
                return new CopyTasks(node, mark)
                        .cancelAll().values().stream()
                                .map(task -> "the copy of "
                                        + task.substring(mark.prefix().length()))
                                .toList();
            }
        } catch (ActionException e) {
            throw new StoppedException(e.getMessage());
        } catch (JsonProcessingException e) {
            throw new StoppedException("what is noted of its copies cannot be read: " + e.getOriginalMessage());
        }
    }
}
