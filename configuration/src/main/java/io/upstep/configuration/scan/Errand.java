package io.upstep.configuration.scan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Something outside of the platform that has to change.
 *
 * @param find a regular expression for one line
 * @param in names of files, as globs; empty for all
 * @param now what to write instead
 * @param say why
 * @param source what it rests on
 */
public record Errand(@JsonIgnore Pattern pattern, String find, List<String> in, String now, String say, String source) {

    public Errand {
        in = List.copyOf(in);
    }

    /** @throws IllegalArgumentException with what was expected and what came */
    public static Errand of(JsonNode node) {
        String find = node.path("find").asText("");
        List<String> in = new ArrayList<>();
        node.path("in").forEach(glob -> in.add(glob.asText()));
        try {
            in.forEach(Errand::matcher);
            return new Errand(
                    Pattern.compile(find),
                    find,
                    in,
                    node.path("now").asText(),
                    node.path("say").asText(),
                    node.path("source").asText());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("expected a regular expression or a glob, came " + e.getMessage(), e);
        }
    }

    boolean concerns(Path file) {
        return in.isEmpty() || in.stream().anyMatch(glob -> matcher(glob).matches(file.getFileName()));
    }

    boolean isIn(String line) {
        return pattern.matcher(line).find();
    }

    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    }

    /** A pattern is never equal to another one, though its text is. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Errand errand
                && errand.find.equals(find)
                && errand.in.equals(in)
                && errand.now.equals(now)
                && errand.say.equals(say);
    }

    @Override
    public int hashCode() {
        return find.hashCode();
    }
}
