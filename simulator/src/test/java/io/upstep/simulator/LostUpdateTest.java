package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody's write is lost, whoever else writes to the object: that is what a version is for. */
class LostUpdateTest extends AnyCluster {
    private static final int WRITES = 20;

    @Test
    void shouldKeepWhatEverybodyWroteWhenControllersWriteMeanwhile() {
        client.resource(Workloads.deployment(namespace, "web", 1)).create();

        var writers = List.of(
                writer("{\"metadata\": {\"annotations\": {\"one-%d\": \"here\"}}}", PatchType.JSON_MERGE),
                writer("{\"metadata\": {\"annotations\": {\"two-%d\": \"here\"}}}", PatchType.STRATEGIC_MERGE),
                // Every one of these is a rollout: a revision, a new set of pods, and a status that follows it.
                writer(
                        "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"round\": \"%d\"}}}}}",
                        PatchType.JSON_MERGE));
        editor().join();
        writers.forEach(CompletableFuture::join);
        awaitRolledOut("web");

        var annotations = deployment("web").get().getMetadata().getAnnotations();
        for (String who : List.of("one", "two", "editor")) {
            assertThat(annotations)
                    .containsKeys(IntStream.range(0, WRITES)
                            .mapToObj(i -> who + "-" + i)
                            .toArray(String[]::new));
        }
        assertThat(annotations).containsKey("deployment.kubernetes.io/revision");
    }

    private CompletableFuture<Void> writer(String patch, PatchType type) {
        return CompletableFuture.runAsync(() -> IntStream.range(0, WRITES)
                .forEach(i -> deployment("web").patch(PatchContext.of(type), patch.formatted(i))));
    }

    /** Reads and writes back: refused when somebody wrote in between, and then done again. */
    private CompletableFuture<Void> editor() {
        return CompletableFuture.runAsync(() -> IntStream.range(0, WRITES)
                .forEach(i -> retried(() -> deployment("web").edit(d -> {
                    d.getMetadata().getAnnotations().put("editor-" + i, "here");
                    return d;
                }))));
    }
}
