package io.upstep.configuration.document;

import java.nio.charset.StandardCharsets;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** How large and how deep a document may be, judged on its events, before anything is built from it. */
final class Bounds {
    static final int BYTES = 1 << 20;
    static final int DEPTH = 50;
    static final int VALUES = 20_000;

    private int depth;
    private int values;
    private int documents;

    static void check(String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES) {
            throw new UnreadableException(0, "a document of " + BYTES + " bytes at most", bytes + " bytes");
        }
        int bad = text.indexOf('\uFFFD');
        if (bad >= 0) {
            throw new UnreadableException(line(text, bad), "UTF-8 text", "bytes that are not UTF-8");
        }
        Bounds bounds = new Bounds();
        for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
            bounds.count(event);
        }
    }

    private void count(Event event) {
        int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (event instanceof DocumentStartEvent && ++documents > 1) {
            throw new UnreadableException(line, "one document", "a second one: migrate one after the other,");
        } else if (event instanceof CollectionStartEvent start) {
            plain(start.getTag().isPresent(), line);
            if (++depth > DEPTH) {
                throw new UnreadableException(line, "maps and lists at most " + DEPTH + " deep", "deeper ones");
            }
        } else if (event instanceof CollectionEndEvent) {
            depth--;
        } else if (event instanceof ScalarEvent scalar) {
            plain(scalar.getTag().isPresent(), line);
        }
        enough(++values, line);
    }

    static void enough(int values, int line) {
        // A value of a map counts twice: its key is an event, too.
        if (values > 3 * VALUES) {
            throw new UnreadableException(line, "at most " + VALUES + " values", "more, aliases written out,");
        }
    }

    /** What a tag means depends on who reads it; nobody writes one into a configuration without need. */
    private static void plain(boolean tagged, int line) {
        if (tagged) {
            throw new UnreadableException(line, "plain YAML", "a tag such as !!str: put a text into quotes instead,");
        }
    }

    private static int line(String text, int index) {
        return (int) text.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
    }
}
