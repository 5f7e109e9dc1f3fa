package io.upstep.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.ReleaseHistory;
import com.marcnuri.helm.UninstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real Helm meets when it works on the simulated cluster. */
class HelmTest {
    private static final String GOOD = "shop/web:1";
    private static final String NEXT = "shop/web:2";
    private static SimulatedCluster cluster;
    private static KubernetesClient client;

    @TempDir
    Path dir;

    private String namespace;
    private ShopChart chart;

    @BeforeAll
    static void start() {
        cluster = SimulatedCluster.start(Options.named("local"));
        client = cluster.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    @BeforeEach
    void prepare() {
        namespace = "helm-" + UUID.randomUUID().toString().substring(0, 8);
        chart = new ShopChart(dir);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void shouldBeInstalledAndListedWhenTheWorkloadBecomesReady() {
        Release release = install("1.0.0", GOOD).waitReady().withTimeout(30).call();

        assertThat(release.getStatus()).isEqualTo("deployed");
        assertThat(status().getRevision()).isEqualTo("1");
        assertThat(Helm.list()
                        .withNamespace(namespace)
                        .withKubeConfigContents(cluster.kubeconfig())
                        .call())
                .extracting(Release::getName)
                .containsExactly("shop");
        assertThat(client.apps()
                        .deployments()
                        .inNamespace(namespace)
                        .withName("shop-web")
                        .get()
                        .getMetadata()
                        .getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "Helm");
    }

    @Test
    void shouldRemoveWhatANewVersionGivesUpWhenItIsUpgraded() {
        install("1.0.0", GOOD).call();
        chart.write("1.1.0", NEXT, false);

        upgrade().set("colour", "red").call();

        assertThat(history())
                .extracting(ReleaseHistory::getRevision, ReleaseHistory::getStatus)
                .containsExactly(tuple(1, "superseded"), tuple(2, "deployed"));
        assertThat(image()).isEqualTo(NEXT);
        assertThat(colour()).isEqualTo("red");
        assertThat(client.serviceAccounts()
                        .inNamespace(namespace)
                        .withName("shop-extra")
                        .get())
                .isNull();
    }

    @Test
    void shouldBeFailedWhenAnUpgradeIsRefused() {
        install("1.0.0", GOOD).call();
        chart.write("2.0.0", NEXT, true);
        cluster.knobs()
                .failNext(1, 403, r -> r.method().equals("PATCH") && r.path().contains(namespace));

        assertThatThrownBy(() -> upgrade().call()).hasMessageContaining("403");

        assertThat(status().getStatus()).isEqualTo("failed");
    }

    @Test
    void shouldBeAsBeforeWhenAnAtomicUpgradeIsRefusedOnTheWay() {
        install("1.0.0", GOOD).call();
        chart.write("1.1.0", NEXT, true);
        cluster.knobs()
                .failNext(1, 403, r -> r.method().equals("PATCH") && r.path().endsWith("/shop-web"));

        assertThatThrownBy(() ->
                        upgrade().set("colour", "red").atomic().withTimeout(60).call())
                .hasMessageContaining("rolled back");

        assertThat(image()).isEqualTo(GOOD);
        assertThat(colour()).isEqualTo("blue");
        assertThat(history()).hasSize(3);
        assertThat(status().getStatus()).isEqualTo("deployed");
    }

    @Test
    void shouldRunTheHookAndLeaveNothingWhenItIsUninstalled() {
        install("1.0.0", GOOD).call();
        cluster.requests().clear();

        uninstall().call();

        assertThat(cluster.requests()
                        .matching(r -> r.method().equals("POST") && r.path().endsWith("/jobs")))
                .hasSize(1);
        assertThat(client.batch().v1().jobs().inNamespace(namespace).list().getItems())
                .isEmpty();
        assertThat(client.services().inNamespace(namespace).list().getItems()).isEmpty();
        assertThat(releaseSecrets()).isZero();
    }

    @Test
    void shouldStayWhenTheHookFails() {
        install("1.0.0", GOOD).set("cleaned", "fails").call();

        assertThatThrownBy(() -> uninstall().call()).hasMessageContaining("failed");

        assertThat(status().getStatus()).isEqualTo("uninstalling");
        assertThat(image()).isEqualTo(GOOD);
    }

    @Test
    void shouldSayThatThereIsNoSuchKindWhenAChartIsTooOld() throws IOException {
        InstallCommand old = install("1.0.0", GOOD);
        Path web = dir.resolve("templates/web.yaml");
        Files.writeString(web, Files.readString(web).replace("apps/v1", "extensions/v1beta1"));

        assertThatThrownBy(old::call)
                .hasMessageContaining("no matches for kind \"Deployment\" in version \"extensions/v1beta1\"");
    }

    @Test
    void shouldMakeTheNamespaceWhenToldSo() {
        Release release = install("1.0.0", GOOD)
                .withNamespace(namespace + "-new")
                .createNamespace()
                .call();

        assertThat(release.getStatus()).isEqualTo("deployed");
    }

    @Test
    void shouldRunNoHookAndKeepTheHistoryWhenToldSo() {
        install("1.0.0", GOOD).call();
        cluster.requests().clear();

        uninstall().noHooks().keepHistory().call();

        assertThat(cluster.requests().matching(r -> r.path().endsWith("/jobs"))).isEmpty();
        assertThat(status().getStatus()).isEqualTo("uninstalled");
        assertThat(releaseSecrets()).isEqualTo(1);
    }

    private InstallCommand install(String version, String image) {
        return new Helm(chart.write(version, image, true))
                .install()
                .withName("shop")
                .withNamespace(namespace)
                .withKubeConfigContents(cluster.kubeconfig());
    }

    private UpgradeCommand upgrade() {
        return new Helm(dir)
                .upgrade()
                .withName("shop")
                .withNamespace(namespace)
                .withKubeConfigContents(cluster.kubeconfig());
    }

    private UninstallCommand uninstall() {
        return Helm.uninstall("shop").withNamespace(namespace).withKubeConfigContents(cluster.kubeconfig());
    }

    private Release status() {
        return Helm.status("shop")
                .withNamespace(namespace)
                .withKubeConfigContents(cluster.kubeconfig())
                .call();
    }

    private List<ReleaseHistory> history() {
        return Helm.history("shop")
                .withNamespace(namespace)
                .withKubeConfigContents(cluster.kubeconfig())
                .call();
    }

    private String image() {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName("shop-web")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getImage();
    }

    private String colour() {
        return client.configMaps()
                .inNamespace(namespace)
                .withName("shop-settings")
                .get()
                .getData()
                .get("colour");
    }

    private int releaseSecrets() {
        return client.secrets()
                .inNamespace(namespace)
                .withLabel("owner", "helm")
                .list()
                .getItems()
                .size();
    }
}
