package io.upstep.executor.action.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.upstep.event.Outcome;
import io.upstep.executor.action.kubernetes.ActionTestBase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrateActionTest extends ActionTestBase {
    private static final String WITH = """
            into: migrated
            values: {secret: before}
            rules:
              - title: one to two
                edge: {from: ">=1 <2", to: ">=2 <3"}
                rules:
                  - {move: db.password, to: database.password}
                  - {remove: integrations, report: "Enter it again in the web UI", where: web-ui}
            """;

    private final MigrateAction action = new MigrateAction();

    @BeforeEach
    void given() {
        given("db: {password: hunter-two}\nintegrations: {slack: x}\nreplicas: 2\n");
    }

    private void given(String text) {
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName("before")
                .delete();
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("before")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToStringData("values.yaml", text)
                        .build())
                .create();
    }

    private String key(String key) {
        return new String(
                Base64.getDecoder()
                        .decode(cluster.secret("migrated-0f8fad5b").getData().get(key)),
                StandardCharsets.UTF_8);
    }

    @Test
    void shouldKeepOldAndNewAndTellNoSecret() {
        Outcome.Succeeded preview = preview(action, first, WITH);
        assertThat(cluster.secret("migrated-0f8fad5b")).isNull();
        Outcome.Succeeded outcome = run(action, first, WITH);

        assertThat(key("old.yaml")).contains("db: {password: hunter-two}");
        assertThat(key("values.yaml"))
                .contains("database:")
                .contains("hunter-two")
                .doesNotContain("slack");
        assertThat(key("report.json")).contains("web UI").doesNotContain("hunter-two");
        assertThat(outcome.details().toString() + preview.details())
                .contains("web UI")
                .contains("database.password")
                .doesNotContain("hunter-two");
    }

    @Test
    void shouldStayWithWhatItSawFirstWhenTriedAgain() {
        run(action, first, WITH);
        given("replicas: 9\n");
        run(action, first.next(), WITH);

        assertThat(key("old.yaml")).contains("hunter-two");
        assertThat(key("values.yaml")).contains("replicas: 2");
    }

    @Test
    void shouldWriteNothingWhenTheResultIsNotValid() {
        given("a: 1\na: 2\n");
        assertThat(failure(action, first, WITH).code()).isEqualTo("configuration-invalid");
        given("db: {password: hunter-two}\ndatabase: {password: other-one}\n");
        assertThat(failure(action, first, WITH)).satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("configuration-invalid");
            assertThat(failure.getMessage()).doesNotContain("hunter-two").contains("database.password");
        });
        assertThat(cluster.secret("migrated-0f8fad5b")).isNull();
    }
}
