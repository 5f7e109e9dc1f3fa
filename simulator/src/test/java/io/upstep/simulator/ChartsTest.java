package io.upstep.simulator;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.upstep.simulator.store.Fields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our charts look like the real ones: the same kinds, names, images, selectors and probes. */
class ChartsTest {
    private static final String WORKERS = "+celery";

    @TempDir
    Path dir;

    record Real(String chart, Set<String> objects) {
        @Override
        public String toString() {
            return chart;
        }
    }

    static Stream<Real> charts() throws IOException {
        return Stream.concat(charts("polyaxon-objects.tsv"), charts("feast-objects.tsv"));
    }

    private static Stream<Real> charts(String file) throws IOException {
        try (InputStream table = ChartsTest.class.getResourceAsStream(file)) {
            Map<String, Set<String>> rows = new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .map(l -> l.split("\t", 2))
                    .collect(groupingBy(r -> r[0], mapping(r -> r[1], toCollection(TreeSet::new))));
            return rows.entrySet().stream()
                    .map(e -> new Real(e.getKey(), e.getValue()))
                    .sorted((a, b) -> a.chart().compareTo(b.chart()));
        }
    }

    @ParameterizedTest
    @MethodSource("charts")
    void shouldHaveTheObjectsOfTheRealChartWhenRendered(Real real) throws IOException {
        boolean workers = real.chart().endsWith(WORKERS);
        boolean hasSelectors =
                !real.chart().startsWith("polyaxon-0.4") && !real.chart().startsWith("polyaxon-0.5");
        String[] chart = real.chart().replace(WORKERS, "").split("-");

        List<ObjectNode> objects = objects(template(chart[0], chart[1], workers));

        assertThat(rows(objects, hasSelectors)).isEqualTo(hasSelectors ? real.objects() : withoutWorkloads(real));
    }

    @Test
    void shouldRefuseWhenThereIsNoSuchGeneration() {
        assertThatThrownBy(() -> Charts.directory("polyaxon", "3.0.0", dir))
                .hasMessageContaining("expected polyaxon 0, 1 or 2, agent 1 or 2, or feast 0, came polyaxon 3.0.0");
    }

    private TemplateCommand template(String name, String version, boolean workers) {
        TemplateCommand template = new Helm(Charts.directory(name, version, dir))
                .template()
                .withName(name.equals("agent") ? "plx-agent" : name)
                .withNamespace("polyaxon");
        if (workers) {
            List.of("scheduler", "worker", "beat", "compiler").forEach(w -> template.set(w + ".enabled", true));
            template.set(version.startsWith("1.") ? "rabbitmq-ha.enabled" : "rabbitmq.ignored", true);
        }
        return template;
    }

    private static List<ObjectNode> objects(TemplateCommand template) throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        return yaml.readerFor(JsonNode.class).<JsonNode>readValues(template.call()).readAll().stream()
                .filter(ObjectNode.class::isInstance)
                .map(ObjectNode.class::cast)
                .filter(o -> !o.at("/metadata/annotations").has("helm.sh/hook"))
                .toList();
    }

    private static Set<String> rows(List<ObjectNode> objects, boolean withSelectors) {
        return objects.stream().map(o -> row(o, withSelectors)).collect(toCollection(TreeSet::new));
    }

    private static String row(ObjectNode object, boolean withSelectors) {
        String kind = object.path("kind").asText();
        boolean workload = object.at("/spec/template").isObject();
        List<ObjectNode> containers = Fields.objects(object.at("/spec/template/spec/containers"));
        return String.join(
                "\t",
                kind,
                object.at("/metadata/name").asText(),
                containers.stream().map(c -> c.path("image").asText()).collect(joining(",")),
                isService(object) || (workload && withSelectors) ? selector(object) : "",
                containers.stream()
                        .map(ChartsTest::probe)
                        .filter(p -> !p.isEmpty())
                        .collect(joining(",")));
    }

    private static String selector(ObjectNode object) {
        JsonNode selector = object.at(isService(object) ? "/spec/selector" : "/spec/selector/matchLabels");
        return Fields.strings(selector).entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .sorted()
                .collect(joining(";"));
    }

    private static boolean isService(JsonNode object) {
        return object.path("kind").asText().equals("Service");
    }

    private static String probe(JsonNode container) {
        JsonNode http = container.at("/readinessProbe/httpGet");
        if (http.isObject()) {
            return http.path("path").asText() + ":" + http.path("port").asText();
        }
        return container.at("/readinessProbe/exec").isObject() ? "exec" : "";
    }

    /** The API groups of that time knew workloads without selectors; those of today do not. */
    private static Set<String> withoutWorkloads(Real real) {
        return real.objects().stream()
                .map(r -> r.split("\t", -1))
                .map(c -> {
                    boolean set =
                            Set.of("Deployment", "StatefulSet", "DaemonSet").contains(c[0]);
                    return String.join("\t", c[0], c[1], c[2], set ? "" : c[3], c[4]);
                })
                .collect(toCollection(TreeSet::new));
    }
}
