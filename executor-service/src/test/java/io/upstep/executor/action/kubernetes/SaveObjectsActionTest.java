package io.upstep.executor.action.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.event.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SaveObjectsActionTest extends ActionTestBase {
    private static final String WITH = "{kinds: [Deployment, Secret], selector: app=web, into: before}";
    private static final String NAME = "before-0f8fad5b";
    private final SaveObjectsAction action = new SaveObjectsAction();

    @Test
    void shouldKeepManifestsThatCanBeAppliedAgainWhenItSaves() throws IOException {
        cluster.deploy("web", "shop/web:1.0", 2);
        secret("login", "hunter2".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Outcome.Succeeded outcome = run(action, first, WITH);

        assertThat(outcome.toString())
                .contains("Secret login", "Deployment web")
                .doesNotContain("aHVudGVy", "hunter");
        JsonNode saved = saved(1);
        assertThat(saved.at("/items/0/kind").asText()).isEqualTo("Deployment");
        assertThat(saved.at("/items/0/spec/replicas").asInt()).isEqualTo(2);
        assertThat(saved.at("/items/0/status").isMissingNode()).isTrue();
        assertThat(saved.at("/items/0/metadata/uid").isMissingNode()).isTrue();
        assertThat(saved.at("/items/1/data/content").asText()).isEqualTo("aHVudGVyMg==");
        assertThat(first.told()).noneMatch(line -> line.contains("hunter"));
    }

    @Test
    void shouldKeepWhatWasSavedFirstWhenItIsTriedAgain() throws IOException {
        cluster.deploy("web", "shop/web:1.0", 2);
        run(action, first, WITH);
        run(new SetImageAction(), first, "{name: web, tag: '2.0'}");
        run(action, first.next(), WITH);

        assertThat(saved(1).at("/items/0/spec/template/spec/containers/0/image").asText())
                .isEqualTo("shop/web:1.0");
    }

    @Test
    void shouldUseSeveralSecretsWhenOneIsTooSmall() throws IOException {
        byte[] incompressible = new byte[500_000];
        Random random = new Random(1);
        for (int i = 1; i <= 3; i++) {
            random.nextBytes(incompressible);
            secret("big-" + i, incompressible.clone());
        }
        Outcome.Succeeded outcome = run(action, first, "{kinds: [Secret], selector: app=web, into: before}");

        int parts = outcome.details().path("parts").asInt();
        assertThat(parts).isGreaterThan(1);
        assertThat(saved(parts).path("items")).hasSize(3);
    }

    @Test
    void shouldFailWhenThereIsNothingToSave() {
        assertThat(failure(action, first, WITH).code()).isEqualTo("selector-matches-nothing");
    }

    @Test
    void shouldNameWhatIsMissingWhenANamedObjectIsNotThere() {
        assertThat(failure(action, first, "{kinds: [ConfigMap], names: [gone], into: before}"))
                .hasMessageContaining("gone");
    }

    @Test
    void shouldWriteNothingAndShowNoContentWhenItOnlyPreviews() {
        cluster.deploy("web", "shop/web:1.0", 2);
        Outcome.Succeeded preview = preview(action, first, WITH);

        assertThat(diff(preview)).contains("objects.json.gz: (secret");
        assertThat(cluster.secret(NAME)).isNull();
    }

    private void secret(String name, byte[] content) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .addToLabels("app", "web")
                        .endMetadata()
                        .addToData("content", Base64.getEncoder().encodeToString(content))
                        .build())
                .create();
    }

    private JsonNode saved(int parts) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int part = 1; part <= parts; part++) {
            Secret secret = cluster.secret(part == 1 ? NAME : NAME + "-" + part);
            all.write(Base64.getDecoder().decode(secret.getData().get("objects.json.gz")));
        }
        return new ObjectMapper().readTree(new GZIPInputStream(new ByteArrayInputStream(all.toByteArray())));
    }
}
