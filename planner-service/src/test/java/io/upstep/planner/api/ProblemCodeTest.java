package io.upstep.planner.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.upstep.planner.plan.PlanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProblemCodeTest {

    @Test
    void shouldBeListedInTheReferenceWithItsStatusWhenItExists() throws IOException {
        String reference = Files.readString(Path.of("..", "docs", "reference", "problems.md"));
        Set<String> listed = Pattern.compile("^\\| `([a-z-]+)` \\| (\\d+) \\|", Pattern.MULTILINE)
                .matcher(reference)
                .results()
                .map(m -> m.group(1) + " " + m.group(2))
                .collect(Collectors.toSet());

        assertThat(Arrays.stream(ProblemCode.values()).map(c -> c.text() + " " + c.status()))
                .containsExactlyInAnyOrderElementsOf(listed);
    }

    @Test
    void shouldExistForEveryReasonWhyAPlanCannotBeServed() {
        assertThat(Arrays.stream(PlanException.Code.values()).map(PlanException.Code::text))
                .allSatisfy(code -> assertThat(ProblemCode.named(code)).isPresent());
    }
}
