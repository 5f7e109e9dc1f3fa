package io.upstep.standalone;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.upstep.simulator.servers.FakePachd;
import io.upstep.simulator.servers.PachydermEtcd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** One Pachyderm, deployed as pachctl does it, in a namespace of its own. */
final class PachydermScene {
    static final String ARGUMENTS = "amazon bucket us-east-1 10 --credentials ${id},${key} --dynamic-etcd-nodes=1"
            + " --local-roles --registry %s.example";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PachydermLab lab;
    private final String namespace;
    private final Set<String> etcdStarts = ConcurrentHashMap.newKeySet();
    private volatile PachydermEtcd first = new PachydermEtcd();
    private volatile PachydermEtcd mounted;
    private volatile FakePachd pachd;
    private volatile Predicate<Integer> crashing = start -> false;
    private volatile int failingRestore = Integer.MAX_VALUE;

    PachydermScene(PachydermLab lab, String namespace) {
        this.lab = lab;
        this.namespace = namespace;
    }

    static String app(Pod pod) {
        return pod.getMetadata().getLabels() == null
                ? ""
                : pod.getMetadata().getLabels().getOrDefault("app", "");
    }

    String namespace() {
        return namespace;
    }

    /** What etcd has on its volume now. */
    PachydermEtcd etcd() {
        return mounted;
    }

    FakePachd pachd() {
        return pachd;
    }

    String image() {
        return namespace + ".example/coreos/etcd:v3.3.5";
    }

    /** Pods of etcd that are made from now on fail, by how many were made before. */
    PachydermScene crashes(Predicate<Integer> which) {
        etcdStarts.clear();
        crashing = which;
        return this;
    }

    PachydermScene failsRestoreAfter(int ops) {
        failingRestore = ops;
        return this;
    }

    /** An empty namespace with the Secret that holds the arguments. */
    PachydermScene prepared() {
        return prepared(ARGUMENTS.formatted(namespace));
    }

    PachydermScene prepared(String arguments) {
        try (KubernetesClient client = lab.kubernetes()) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(namespace)
                            .endMetadata()
                            .build())
                    .create();
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("deploy")
                            .withNamespace(namespace)
                            .endMetadata()
                            .addToStringData("arguments", arguments)
                            .addToStringData("id", "AKIA")
                            .addToStringData("key", "hunter2")
                            .build())
                    .create();
        }
        return this;
    }

    /** As somebody did it long ago; then people work with it. */
    PachydermScene deployed(String version, PachydermEtcd etcd) throws Exception {
        return deployed(version, etcd, ARGUMENTS.formatted(namespace));
    }

    PachydermScene deployed(String version, PachydermEtcd etcd, String arguments) throws Exception {
        first = etcd;
        prepared(arguments);
        try (KubernetesClient client = lab.kubernetes()) {
            for (String manifest : printed(version, arguments)) {
                client.resource(manifest).inNamespace(namespace).create();
            }
        }
        await("Pachyderm of " + namespace)
                .atMost(PachydermLab.PATIENCE)
                .until(() -> InstalledObjects.ready(lab.verbs().cluster(), namespace, "pachd") == 1);
        return this;
    }

    private List<String> printed(String version, String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(lab.pachctl(version).toString(), "deploy"));
        command.addAll(List.of(
                arguments.replace("${id}", "AKIA").replace("${key}", "hunter2").split(" ")));
        command.addAll(List.of("--namespace", namespace));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(text);
        }
        return text.replace("apps/v1beta1", "apps/v1")
                .replace("rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1")
                .lines()
                .toList();
    }

    /** @param parameters in addition to the arguments and that it may be away for a while */
    String submit(String target, String parameters) throws IOException {
        return lab.client().submit(submission(target, parameters).toString());
    }

    /** Somebody answers for a snapshot of etcd's volume. */
    String submitWaived(String target) throws IOException {
        ObjectNode submission = submission(target, "{}");
        submission
                .putArray("waivers")
                .addObject()
                .put("restorePoint", "metadata")
                .put("by", "ann")
                .put("reason", "snapshot of etcd's volume");
        return lab.client().submit(submission.toString());
    }

    private ObjectNode submission(String target, String parameters) throws IOException {
        ObjectNode all = (ObjectNode) JSON.readTree(
                Installations.submission("pachyderm", "local", namespace, "pachyderm", target, "automatic"));
        ObjectNode given = all.putObject("parameters")
                .put("argumentsSecret", "deploy")
                .put("acceptDowntime", true)
                // Longer than a healthy pod takes on a busy machine: it must not be taken for a stuck one.
                .put("etcdStuckFor", "PT4S");
        given.setAll((ObjectNode) JSON.readTree(parameters));
        return all;
    }

    JsonNode ends(String plan, String status) {
        return lab.awaitEnd(plan, status);
    }

    /** Without what tells an object from the one that was there before: all of them are made anew, but claims. */
    Map<String, JsonNode> objects() {
        Map<String, JsonNode> objects = InstalledObjects.of(lab.verbs().cluster(), namespace);
        objects.values()
                .forEach(object -> ((ObjectNode) object.path("metadata")).remove(List.of("uid", "creationTimestamp")));
        return objects;
    }

    /** By name, the uids of etcd's claims. */
    Map<String, String> claims() {
        Map<String, String> uids = new TreeMap<>();
        try (KubernetesClient client = lab.kubernetes()) {
            client.persistentVolumeClaims()
                    .inNamespace(namespace)
                    .list()
                    .getItems()
                    .forEach(claim -> uids.put(
                            claim.getMetadata().getName(), claim.getMetadata().getUid()));
        }
        return uids;
    }

    /** What a pod's container does when it starts; it becomes ready when that is done. */
    void starts(Pod pod) {
        if (app(pod).equals("etcd")) {
            startEtcd(pod);
        } else {
            startPachd(pod);
        }
    }

    private void startEtcd(Pod pod) {
        etcdStarts.add(pod.getMetadata().getUid());
        if (crashing.test(etcdStarts.size())) {
            throw new IllegalStateException("the volume is attached to another node");
        }
        mounted = lab.volume(claim(pod), first);
        first = new PachydermEtcd();
    }

    private String claim(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> claims().get(volume.getPersistentVolumeClaim().getClaimName()))
                .findFirst()
                .orElse("path on the node of " + namespace);
    }

    private void startPachd(Pod pod) {
        await("etcd").atMost(Duration.ofSeconds(5)).until(() -> mounted != null);
        serve(pod);
    }

    private synchronized void serve(Pod pod) {
        close();
        String image = pod.getSpec().getContainers().get(0).getImage();
        pachd = FakePachd.start(mounted, image.substring(image.lastIndexOf(':') + 1))
                .failsRestoreAfter(failingRestore);
        lab.verbs().cluster().knobs().backend(namespace, "pachd", 650, "127.0.0.1", pachd.port());
    }

    /** What becomes of it when the pod is deleted. */
    void ends(Pod pod) {
        if (app(pod).equals("etcd")) {
            mounted = null;
        } else {
            close();
        }
    }

    synchronized void close() {
        if (pachd != null) {
            pachd.close();
        }
        pachd = null;
    }
}
