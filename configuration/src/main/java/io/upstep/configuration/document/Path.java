package io.upstep.configuration.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A place in a document: the keys, and numbers of list elements, that lead there. */
public record Path(List<String> segments) {
    public static final Path ROOT = new Path(List.of());

    public Path {
        segments = List.copyOf(segments);
    }

    /** @param text keys joined by dots; {@code \.} stands for a dot in a key, {@code \\} for a backslash */
    public static Path of(String text) {
        List<String> segments = new ArrayList<>();
        StringBuilder segment = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                segment.append(text.charAt(++i));
            } else if (c == '.') {
                segments.add(segment.toString());
                segment.setLength(0);
            } else {
                segment.append(c);
            }
        }
        segments.add(segment.toString());
        return new Path(segments);
    }

    public Path child(String segment) {
        List<String> longer = new ArrayList<>(segments);
        longer.add(segment);
        return new Path(longer);
    }

    public Path parent() {
        return new Path(segments.subList(0, segments.size() - 1));
    }

    public String last() {
        return segments.get(segments.size() - 1);
    }

    public boolean isRoot() {
        return segments.isEmpty();
    }

    @Override
    public String toString() {
        return segments.stream().map(Path::escaped).collect(Collectors.joining("."));
    }

    private static String escaped(String segment) {
        return segment.replace("\\", "\\\\").replace(".", "\\.");
    }
}
