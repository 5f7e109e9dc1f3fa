package io.upstep.verifier.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.upstep.verifier.VerifierApplicationTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/reference/checks.md tells what there is. */
@QuarkusTest
@TestProfile(VerifierApplicationTest.OneCluster.class)
class CheckReferenceTest {
    private static final Pattern ENTRY = Pattern.compile("^### (check|probe) `([^`]+)`");
    private static final Pattern PARAMETER = Pattern.compile("^\\| `([^`]+)` \\|");

    @Inject
    Checks checks;

    @Inject
    Probes probes;

    @Test
    void shouldNameEveryCheckAndProbeAndParameterWhenRead() throws IOException {
        Map<String, List<String>> inCode = new TreeMap<>();
        checks.names()
                .forEach(name -> inCode.put(
                        "check " + name, keys(checks.named(name).orElseThrow().parameters())));
        probes.names()
                .forEach(name -> inCode.put(
                        "probe " + name, keys(probes.named(name).orElseThrow().parameters())));

        assertThat(documented()).isEqualTo(inCode);
    }

    private static List<String> keys(Class<?> parameters) {
        return Arrays.stream(parameters.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static Map<String, List<String>> documented() throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        String entry = null;
        for (String line : Files.readAllLines(Path.of("../docs/reference/checks.md"))) {
            Matcher heading = ENTRY.matcher(line);
            Matcher row = PARAMETER.matcher(line);
            if (heading.find()) {
                entry = heading.group(1) + " " + heading.group(2);
                found.put(entry, new ArrayList<>());
            } else if (entry != null && row.find()) {
                found.get(entry).add(row.group(1));
            }
        }
        return found;
    }
}
