package io.upstep.executor.action.helm;

import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.TemplateCommand;
import com.marcnuri.helm.UninstallCommand;
import com.marcnuri.helm.UpgradeCommand;
import com.marcnuri.helm.jni.HelmLib;
import com.sun.jna.Native;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One operation of Helm, as a process: its request comes on stdin, its result goes to stdout. It ends when stdin does, so that
 * it never outlives the executor; and it knows no cluster but the door in its kubeconfig.
 */
public final class HelmChild {
    static final String RESULT = "upstep-helm";

    private final Map<String, String> request;

    private HelmChild(Map<String, String> request) {
        this.request = request;
    }

    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        Map<String, String> request = read(in);
        Thread watcher = new Thread(() -> endWith(in, Path.of(request.get("work"))), "parent-watcher");
        watcher.setDaemon(true);
        watcher.start();
        Map<String, String> result = new HelmChild(request).result();
        result.forEach((key, value) -> tell(System.out, key, value));
        System.out.flush();
        // Not exit: Helm has taken over the signals, and hooks of the library would wait for nothing.
        Runtime.getRuntime().halt(0);
    }

    private static Map<String, String> read(DataInputStream in) throws IOException {
        Map<String, String> request = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            request.put(in.readUTF(), in.readUTF());
        }
        return request;
    }

    private static void endWith(InputStream in, Path work) {
        try {
            while (in.read() >= 0) {
                // Nothing more is ever said: only the end counts.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        WorkPlace.delete(work);
        Runtime.getRuntime().halt(3);
    }

    private static void tell(PrintStream out, String key, String value) {
        out.println(
                RESULT + " " + key + " " + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, String> result() {
        try {
            HelmLib helm = Native.load(request.get("library"), HelmLib.class);
            return switch (request.get("operation")) {
                case "install" -> told(install(helm));
                case "upgrade" -> told(upgrade(helm));
                case "uninstall" -> Map.of("output", uninstall(helm));
                case "template" -> Map.of("output", template(helm));
                default -> Map.of("error", "there is no operation " + request.get("operation"));
            };
        } catch (RuntimeException | LinkageError e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> told(Release release) {
        return Map.of("revision", release.getRevision(), "status", release.getStatus());
    }

    private Release install(HelmLib helm) {
        InstallCommand command = new InstallCommand(helm, path("chart"))
                .withName(request.get("release"))
                .withNamespace(request.get("namespace"))
                .withKubeConfig(path("kubeconfig"))
                .withValuesFile(path("values"))
                .withDescription(request.get("description"))
                .withTimeout(Integer.parseInt(request.get("timeout")));
        return (is("wait") ? command.waitReady() : command).call();
    }

    private Release upgrade(HelmLib helm) {
        UpgradeCommand command = new UpgradeCommand(helm, path("chart"))
                .withName(request.get("release"))
                .withNamespace(request.get("namespace"))
                .withKubeConfig(path("kubeconfig"))
                .withValuesFile(path("values"))
                .resetValues()
                .withDescription(request.get("description"))
                .withTimeout(Integer.parseInt(request.get("timeout")));
        return (is("wait") ? command.waitReady() : command).call();
    }

    private String uninstall(HelmLib helm) {
        UninstallCommand command = new UninstallCommand(helm, request.get("release"))
                .withNamespace(request.get("namespace"))
                .withKubeConfig(path("kubeconfig"));
        if (!is("hooks")) {
            command.noHooks();
        }
        return (is("keepHistory") ? command.keepHistory() : command).call();
    }

    private String template(HelmLib helm) {
        // Its templates may look things up in the cluster, by the kubeconfig of the environment: the same door.
        return new TemplateCommand(helm, path("chart"))
                .withName(request.get("release"))
                .withNamespace(request.get("namespace"))
                .withKubeVersion(request.get("kubeVersion"))
                .withValuesFile(path("values"))
                .call();
    }

    private Path path(String key) {
        return Path.of(request.get(key));
    }

    private boolean is(String key) {
        return Boolean.parseBoolean(request.get(key));
    }
}
