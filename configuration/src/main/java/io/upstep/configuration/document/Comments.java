package io.upstep.configuration.document;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;

/** A comment in a YAML text, with its line. */
record Comments(String text, int line) {

    static List<Comments> of(String yaml) {
        LoadSettings settings = LoadSettings.builder().setParseComments(true).build();
        List<Comments> found = new ArrayList<>();
        for (Event event : new Parse(settings).parseString(yaml)) {
            if (event instanceof CommentEvent comment && comment.getCommentType() != CommentType.BLANK_LINE) {
                int line =
                        comment.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                found.add(new Comments(comment.getValue().strip(), line));
            }
        }
        return found;
    }
}
