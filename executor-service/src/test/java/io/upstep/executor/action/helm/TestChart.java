package io.upstep.executor.action.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small chart in a directory: a workload, its settings, and Jobs as hooks. */
final class TestChart {
    private final Path directory;

    TestChart(Path parent, String version) {
        directory = parent.resolve("shop-" + version);
        file("Chart.yaml", "apiVersion: v2\nname: shop\nversion: " + version + "\nappVersion: \"7\"\n");
        file("values.yaml", "tier: web\ncolour: blue\npassword: nothing\n");
        file("templates/web.yaml", WEB);
        file("templates/hooks.yaml", HOOKS);
    }

    /** One more object, which another version may not have. */
    TestChart with(String name, String template) {
        file("templates/" + name, template);
        return this;
    }

    private void file(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return directory;
    }

    private static final String WEB = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: "{{ .Release.Name }}-settings"}
            data: {colour: "{{ .Values.colour }}", braces: '{{ "{{" }} not a template }}'}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: "{{ .Release.Name }}-key"}
            stringData: {password: "{{ .Values.password }}"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: "{{ .Release.Name }}-web"}
            spec:
              replicas: 1
              selector: {matchLabels: {app: "{{ .Release.Name }}-web", tier: "{{ .Values.tier }}"}}
              template:
                metadata: {labels: {app: "{{ .Release.Name }}-web", tier: "{{ .Values.tier }}"}}
                spec: {containers: [{name: web, image: "shop/web:{{ .Chart.Version }}"}]}
            """;

    private static final String HOOKS = """
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: "{{ .Release.Name }}-clean"
              annotations: {helm.sh/hook: pre-delete}
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: clean, image: "shop/clean:1"}]}}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: "{{ .Release.Name }}-migrate"
              annotations: {helm.sh/hook: "post-install,post-upgrade", helm.sh/hook-delete-policy: before-hook-creation}
            spec:
              template: {spec: {restartPolicy: Never, containers: [{name: migrate, image: "shop/migrate:1"}]}}
            """;
}
