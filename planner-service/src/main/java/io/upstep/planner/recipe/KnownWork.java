package io.upstep.planner.recipe;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The actions, checks and probes there are, with their parameters, as the reference lists them: tests of executor and verifier
 * hold the reference to their code, and the planner knows neither.
 *
 * @param described by kind and name: each parameter, and whether it is required
 * @param announced further names that executors and verifiers have said they know
 */
record KnownWork(Map<String, Map<String, Boolean>> described, Set<String> announced) {
    private static final Pattern HEADING = Pattern.compile("^##{1,2} (?:(check|probe) )?`([^`]+)`");
    private static final Pattern ROW = Pattern.compile("^\\| `([^`]+)` \\|([^|]*)\\|");

    static KnownWork documented() {
        Map<String, Map<String, Boolean>> found = new LinkedHashMap<>();
        for (String page : List.of("actions.md", "checks.md")) {
            read(page, found);
        }
        return new KnownWork(found, Set.of());
    }

    KnownWork with(Collection<String> names) {
        return new KnownWork(described, Set.copyOf(names));
    }

    boolean knows(Work work) {
        return described.containsKey(key(work.kind(), work.name())) || announced.contains(work.name());
    }

    /** Its parameters, and which are required; empty if nobody has written them down. */
    Optional<Map<String, Boolean>> parameters(Work work) {
        return Optional.ofNullable(described.get(key(work.kind(), work.name())));
    }

    Set<String> names(Work.Kind kind) {
        Set<String> names = new TreeSet<>(announced);
        described.keySet().stream()
                .filter(key -> key.startsWith(kind.key() + " "))
                .map(key -> key.substring(kind.key().length() + 1))
                .forEach(names::add);
        return names;
    }

    private static void read(String page, Map<String, Map<String, Boolean>> found) {
        try (InputStream text = KnownWork.class.getResourceAsStream("/reference/" + page);
                BufferedReader lines = new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8))) {
            Map<String, Boolean> parameters = new LinkedHashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher heading = HEADING.matcher(line);
                Matcher row = ROW.matcher(line);
                if (heading.find()) {
                    parameters = new LinkedHashMap<>();
                    found.put(
                            (heading.group(1) == null ? "action" : heading.group(1)) + " " + heading.group(2),
                            parameters);
                } else if (row.find()) {
                    parameters.put(row.group(1), row.group(2).contains("required"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the reference '" + page + "' cannot be read", e);
        }
    }

    private static String key(Work.Kind kind, String name) {
        return kind.key() + " " + name;
    }
}
