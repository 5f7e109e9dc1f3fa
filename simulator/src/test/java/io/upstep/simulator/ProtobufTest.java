package io.upstep.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Kubernetes' own clients send in their binary form. */
class ProtobufTest {
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";

    private final SimulatedCluster cluster = SimulatedCluster.start(Options.named("local"));
    private final KubernetesClient client = cluster.client();

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void shouldStoreWhatASecretSaysWhenItComesInBinaryForm() throws Exception {
        ConfigMap settings = client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
        byte[] owner = message(o -> {
            o.writeString(1, "ConfigMap");
            o.writeString(3, "settings");
            o.writeString(4, settings.getMetadata().getUid());
            o.writeString(5, "v1");
            o.writeBool(6, true);
        });
        byte[] meta = message(o -> {
            o.writeString(1, "keys");
            o.writeString(2, "");
            o.writeByteArray(8, new byte[0]);
            o.writeByteArray(11, entry("app", "shop".getBytes(UTF_8)));
            o.writeByteArray(13, owner);
        });
        byte[] secret = message(o -> {
            o.writeByteArray(1, meta);
            o.writeByteArray(2, entry("key", "abc".getBytes(UTF_8)));
            o.writeByteArray(2, entry("nothing", new byte[0]));
            o.writeString(3, "helm.sh/release.v1");
            o.writeBool(5, true);
            o.writeString(99, "a field of a later version");
        });

        HttpResponse<String> answer = send("POST", SECRETS, envelope("v1", "Secret", secret));

        assertThat(answer.statusCode()).isEqualTo(201);
        Secret stored = client.secrets().inNamespace("default").withName("keys").get();
        assertThat(stored.getData()).containsEntry("key", "YWJj").containsEntry("nothing", "");
        assertThat(stored.getType()).isEqualTo("helm.sh/release.v1");
        assertThat(stored.getImmutable()).isTrue();
        assertThat(stored.getMetadata().getLabels()).containsEntry("app", "shop");
        OwnerReference by = stored.getMetadata().getOwnerReferences().get(0);
        assertThat(by.getName()).isEqualTo("settings");
        assertThat(by.getController()).isTrue();
    }

    @Test
    void shouldNotDeleteWhenTheBinaryOptionsMeanAnotherObject() throws Exception {
        byte[] meta = message(o -> o.writeString(1, "keys"));
        send("POST", SECRETS, envelope("v1", "Secret", message(o -> o.writeByteArray(1, meta))));
        byte[] options = message(o -> o.writeByteArray(2, message(p -> p.writeString(1, "another-uid"))));

        HttpResponse<String> answer = send("DELETE", SECRETS + "/keys", envelope("v1", "DeleteOptions", options));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("Precondition failed: UID in precondition: another-uid");
        assertThat(client.secrets().inNamespace("default").withName("keys").get())
                .isNotNull();
    }

    @Test
    void shouldSayWhatItAcceptsWhenTheKindIsNotOneItReads() throws Exception {
        HttpResponse<String> answer = send(
                "POST", "/apis/apps/v1/namespaces/default/deployments", envelope("apps/v1", "Deployment", new byte[0]));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body())
                .contains("the body of the request was in an unknown format - accepted media types include:"
                        + " application/json, application/yaml");
    }

    @Test
    void shouldRefuseWhenTheBodyIsNoProtobuf() throws Exception {
        HttpResponse<String> answer = send("POST", SECRETS, "{}".getBytes(UTF_8));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("expected 6b 38 73 00 at the beginning");
    }

    private HttpResponse<String> send(String method, String path, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(cluster.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", "application/vnd.kubernetes.protobuf")
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static byte[] envelope(String apiVersion, String kind, byte[] raw) {
        byte[] type = message(o -> {
            o.writeString(1, apiVersion);
            o.writeString(2, kind);
        });
        byte[] unknown = message(o -> {
            o.writeByteArray(1, type);
            o.writeByteArray(2, raw);
            o.writeString(3, "");
        });
        return ByteString.copyFrom(new byte[] {'k', '8', 's', 0})
                .concat(ByteString.copyFrom(unknown))
                .toByteArray();
    }

    private static byte[] entry(String key, byte[] value) {
        return message(o -> {
            o.writeString(1, key);
            o.writeByteArray(2, value);
        });
    }

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
