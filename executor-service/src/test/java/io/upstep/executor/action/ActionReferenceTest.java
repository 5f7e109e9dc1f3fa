package io.upstep.executor.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.upstep.executor.TestClusterResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reference/actions.md tells what there is. */
@QuarkusTest
@QuarkusTestResource(TestClusterResource.class)
class ActionReferenceTest {
    private static final Pattern ACTION = Pattern.compile("^## `([^`]+)`");
    private static final Pattern PARAMETER = Pattern.compile("^\\| `([^`]+)` \\|");

    @Inject
    Actions actions;

    @Test
    void shouldNameEveryActionAndParameterWhenRead() throws IOException {
        Map<String, List<String>> inCode = new TreeMap<>();
        actions.names()
                .forEach(name ->
                        inCode.put(name, Parameters.keys(actions.named(name).parameters())));

        assertThat(documented()).isEqualTo(inCode);
    }

    private static Map<String, List<String>> documented() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        String action = null;
        for (String line : Files.readAllLines(Path.of("../docs/reference/actions.md"))) {
            Matcher heading = ACTION.matcher(line);
            Matcher row = PARAMETER.matcher(line);
            if (heading.find()) {
                action = heading.group(1);
                found.put(action, new java.util.ArrayList<>());
            } else if (action != null && row.find()) {
                found.get(action).add(row.group(1));
            }
        }
        return found;
    }
}
