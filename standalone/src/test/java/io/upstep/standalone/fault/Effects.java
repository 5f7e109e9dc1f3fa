package io.upstep.standalone.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Looks into the cluster whether a plan that is said to have succeeded has done what its recipe says: all of it. */
final class Effects {
    private Effects() {}

    static void check(KubernetesClient client, Site site, JsonNode plan) {
        if (!plan.path("status").asText().equals("SUCCEEDED")
                || !plan.path("acceptedRisks").isEmpty()) {
            return;
        }
        String target = plan.path("target").asText();
        String where = "of " + site.namespace() + ", upgraded to " + target + " by plan " + site.plan();
        Deployment web = client.apps()
                .deployments()
                .inNamespace(site.namespace())
                .withName(Site.RELEASE)
                .get();
        assertThat(web.getSpec().getReplicas()).as("replicas " + where).isEqualTo(2);
        assertThat(web.getSpec().getTemplate().getSpec().getContainers().get(0).getImage())
                .as("image " + where)
                .isEqualTo("registry.example/web:" + target);
        ConfigMap settings = configMap(client, site, "settings");
        assertThat(settings.getData())
                .as("settings " + where)
                .containsEntry("version", target)
                .containsEntry("state", "migrated");
        assertThat(configMap(client, site, "leftovers"))
                .as("leftovers " + where)
                .isNull();
    }

    private static ConfigMap configMap(KubernetesClient client, Site site, String name) {
        return client.configMaps().inNamespace(site.namespace()).withName(name).get();
    }
}
