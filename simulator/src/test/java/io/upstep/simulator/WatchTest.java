package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class WatchTest extends AnyCluster {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void shouldTellWhatComesChangesAndGoesWhenWatched() {
        try (var watch = client.configMaps()
                .inNamespace(namespace)
                .withLabel("app", "settings")
                .watch(watcher())) {
            client.resource(configMap("settings", Map.of("a", "1"))).create();
            client.resource(configMap("other", Map.of())).create();
            client.resource(configMap("settings", Map.of("a", "2"))).update();
            client.configMaps().inNamespace(namespace).withName("settings").delete();

            soon().untilAsserted(() ->
                    assertThat(seen).containsExactly("ADDED settings", "MODIFIED settings", "DELETED settings"));
        }
    }

    @Test
    void shouldTellThatItIsGoneWhenItsLabelNoLongerFits() {
        client.resource(configMap("settings", Map.of())).create();
        try (var watch = client.configMaps()
                .inNamespace(namespace)
                .withLabel("app", "settings")
                .watch(watcher())) {
            client.configMaps().inNamespace(namespace).withName("settings").edit(c -> {
                c.getMetadata().getLabels().put("app", "else");
                return c;
            });

            soon().untilAsserted(() -> assertThat(seen).containsExactly("ADDED settings", "DELETED settings"));
        }
    }

    @Test
    void shouldFillAndFollowWhenAnInformerLists() {
        client.resource(configMap("settings", Map.of("a", "1"))).create();
        try (var informer = client.configMaps().inNamespace(namespace).runnableInformer(0)) {
            informer.start();
            soon().until(informer::hasSynced);

            client.resource(configMap("settings", Map.of("a", "2"))).update();

            soon().untilAsserted(() -> assertThat(informer.getStore()
                            .getByKey(namespace + "/settings")
                            .getData())
                    .containsEntry("a", "2"));
        }
    }

    private Watcher<ConfigMap> watcher() {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap object) {
                seen.add(action + " " + object.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("closed: " + cause);
            }
        };
    }
}
