package io.upstep.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A chart in a directory, with a workload, its settings and a Job before everything goes. */
final class ShopChart {
    private final Path dir;

    ShopChart(Path dir) {
        this.dir = dir;
    }

    /** The chart in one version, with or without the part that a later version gives up. */
    Path write(String version, String image, boolean withExtra) {
        try {
            Path templates = Files.createDirectories(dir.resolve("templates"));
            Files.writeString(dir.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: " + version + "\n");
            Files.writeString(dir.resolve("values.yaml"), "colour: blue\ncleaned: clean\n");
            Files.writeString(templates.resolve("web.yaml"), WEB.formatted(image));
            Files.writeString(templates.resolve("hook.yaml"), HOOK);
            Files.deleteIfExists(templates.resolve("extra.yaml"));
            if (withExtra) {
                Files.writeString(templates.resolve("extra.yaml"), EXTRA);
            }
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final String WEB = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "{{ .Release.Name }}-settings"}
            data: {colour: "{{ .Values.colour }}"}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: "{{ .Release.Name }}-key"}
            stringData: {key: abc}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: "{{ .Release.Name }}-web"}
            spec: {selector: {app: "{{ .Release.Name }}-web"}, ports: [{port: 80, targetPort: 8080}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "{{ .Release.Name }}-web"}
            spec:
              selector: {matchLabels: {app: "{{ .Release.Name }}-web"}}
              template:
                metadata: {labels: {app: "{{ .Release.Name }}-web"}}
                spec: {containers: [{name: web, image: "%s"}]}
            """;

    private static final String HOOK = """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: "{{ .Release.Name }}-clean"
              annotations: {helm.sh/hook: pre-delete, helm.sh/hook-delete-policy: hook-succeeded}
            spec:
              backoffLimit: 0
              template: {spec: {restartPolicy: Never, containers: [{name: clean, image: "clean:{{ .Values.cleaned }}"}]}}
            """;

    private static final String EXTRA = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: "{{ .Release.Name }}-extra"}
            """;
}
