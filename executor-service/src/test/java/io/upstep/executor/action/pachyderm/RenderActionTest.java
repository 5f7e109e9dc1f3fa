package io.upstep.executor.action.pachyderm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.upstep.event.Outcome;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.kubernetes.ApplyAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RenderActionTest extends PachydermTestBase {
    private static final String WITH = "{arguments: {secret: deploy}, version: 1.7.11, into: rendered}";
    private static final String APPLY = "{from: {secret: rendered}, existing: {allow: [Secret, ServiceAccount]}}";

    private RenderAction render;

    @BeforeEach
    void install() throws IOException {
        render = new RenderAction(config);
        pachctl("1.7.11", "1.7.11");
        arguments("amazon bucket us-east-1 10 --credentials ${id},${key} --dynamic-etcd-nodes=1");
    }

    @Test
    void shouldRenderWithTheTargetsOwnPachctlAndShowNoSecretToAnybody() throws IOException {
        Outcome.Succeeded rendered = run(render, first, WITH.replace("into", "compare: false, into"));

        assertThat(rendered.toString()).doesNotContain("AKIA").doesNotContain("hunter2");
        assertThat(rendered.details().path("objects").toString())
                .contains("StatefulSet etcd", "Deployment pachd", "Secret pachyderm-storage-secret");
        assertThat(Files.readString(directory.resolve("pachctl/1.7.11/seen")))
                .startsWith("deploy amazon bucket us-east-1 10 --credentials upstep")
                .contains("--dry-run --output json --namespace " + cluster.namespace() + " --no-metrics")
                .doesNotContain("hunter2");

        run(new ApplyAction(), first, APPLY);
        Secret storage = cluster.secret("pachyderm-storage-secret");
        assertThat(new String(Base64.getDecoder().decode(storage.getData().get("amazon-secret"))))
                .isEqualTo("hunter2");
        assertThat(cluster.client()
                        .apps()
                        .statefulSets()
                        .inNamespace(cluster.namespace())
                        .withName("etcd")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(1);
        assertThat(run(render, first.next(), WITH).summary()).startsWith("rendered already");
    }

    @Test
    void shouldRefuseOtherArgumentsThanThoseOfWhatRuns() {
        run(render, first, WITH.replace("into", "compare: false, into"));
        run(new ApplyAction(), first, APPLY);
        assertThat(run(render, first, WITH.replace("rendered", "same")).summary())
                .contains("objects");

        arguments("amazon bucket us-east-1 10 --credentials ${id},${key} --dynamic-etcd-nodes=3");
        ActionException other = failure(render, first, WITH.replace("rendered", "other"));
        assertThat(other.code()).isEqualTo("deploy-arguments-differ");
        assertThat(other)
                .hasMessageContaining("StatefulSet etcd is 1 of it")
                .hasMessageContaining("would be 3 of it")
                .hasMessageContaining("Nothing was changed");

        arguments("local --host-path /data");
        assertThat(failure(render, first, WITH.replace("rendered", "third")))
                .hasMessageContaining("Deployment etcd is not there and would be host path /data/etcd");
    }

    @Test
    void shouldTakeAManifestThatSomebodyHasPrinted() {
        secret("printed", Map.of("manifest", """
                apiVersion: apps/v1beta1
                kind: Deployment
                metadata: {name: pachd, labels: {app: pachd, suite: pachyderm}}
                spec:
                  template:
                    metadata: {labels: {app: pachd, suite: pachyderm}}
                    spec: {containers: [{name: pachd, image: "pachyderm/pachd:1.7.11"}]}
                """));
        String with = "{manifest: {secret: printed}, version: 1.7.11, compare: false, into: rendered}";
        run(render, first, with);
        run(new ApplyAction(), first, "from: {secret: rendered}");

        assertThat(cluster.deployment("pachd").getSpec().getSelector().getMatchLabels())
                .containsEntry("app", "pachd");
        assertThat(failure(render, first, with.replace("1.7.11", "1.7.3").replace("rendered", "other"))
                        .code())
                .isEqualTo("rendered-other-version");
    }

    @Test
    void shouldBindRolesToTheAccountOfThisNamespaceWhenPachctlKnowsNone() throws IOException {
        pachctl("1.6.10", "1.6.10");
        arguments("amazon bucket us-east-1 10 --credentials ${id},${key}");
        run(
                render,
                first,
                "{arguments: {secret: deploy}, version: 1.6.10, compare: false, nodePorts: false, into: six}");
        run(new ApplyAction(), first, "from: {secret: six}");

        assertThat(Files.readString(directory.resolve("pachctl/1.6.10/seen"))).endsWith("--dry-run --no-metrics\n");
        assertThat(cluster.client()
                        .rbac()
                        .clusterRoleBindings()
                        .withName("pachyderm")
                        .get()
                        .getSubjects()
                        .get(0)
                        .getNamespace())
                .isEqualTo(cluster.namespace());
    }

    @Test
    void shouldSayWhatIsWrongWithPachctl() throws IOException {
        assertThat(failure(render, first, WITH.replace("1.7.11", "1.7.9")).code())
                .isEqualTo("pachctl-missing");
        pachctl("1.7.10", "1.7.3");
        assertThat(failure(render, first, WITH.replace("1.7.11", "1.7.10")).code())
                .isEqualTo("pachctl-version");
        arguments("nowhere");
        ActionException failed = failure(render, first, WITH);
        assertThat(failed.code()).isEqualTo("pachctl-failed");
        assertThat(failed).hasMessageContaining("unknown place nowhere");
    }

    @Test
    void shouldNotRepeatWhatPachctlQuotesOfItsArguments() {
        arguments("--credentials=AKIA0123456789,hunter2hunter2 --unknown");
        assertThat(failure(render, first, WITH).code()).isEqualTo("arguments-invalid");

        arguments("AKIA0123456789,hunter2hunter2");
        ActionException failed = failure(render, first, WITH);

        assertThat(failed.code()).isEqualTo("pachctl-failed");
        assertThat(failed)
                .hasMessageContaining("unknown place ***")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("AKIA");
    }

    @Test
    void shouldNotQuoteArgumentsThatItCannotRead() {
        arguments("amazon \"hunter2");
        ActionException failed = failure(render, first, WITH);
        assertThat(failed.code()).isEqualTo("arguments-invalid");
        assertThat(failed).hasMessageNotContaining("hunter2");
        arguments("amazon ${none}");
        assertThat(failure(render, first, WITH)).hasMessageContaining("a key 'none'");
        assertThat(failure(render, first, WITH.replace("deploy", "nobody")).code())
                .isEqualTo("secret-not-found");
    }

    private void arguments(String text) {
        secret("deploy", Map.of("arguments", text, "id", "AKIA", "key", "hunter2"));
    }

    /** One that prints, as far as that matters here, what the real one does. */
    private void pachctl(String version, String says) throws IOException {
        Path file = Files.createDirectories(directory.resolve("pachctl").resolve(version))
                .resolve("pachctl");
        Files.writeString(file, io.upstep.simulator.servers.FakePachctl.script(says));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
