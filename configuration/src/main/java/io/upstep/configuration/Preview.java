package io.upstep.configuration;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import io.upstep.configuration.document.Document;
import java.util.List;
import java.util.stream.Collectors;

/** Shows old and new side by side, for people who must not see secrets. */
final class Preview {
    private static final int CONTEXT = 3;

    private Preview() {}

    /** Also what only a rule knows to be secret is hidden in the old text. */
    static String of(Document after) {
        Document before = Document.read(after.text());
        before.hideAs(after);
        List<String> old = before.masked().lines().toList();
        List<String> now = after.masked().lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff("old", "new", old, DiffUtils.diff(old, now), CONTEXT).stream()
                .collect(Collectors.joining("\n"));
    }
}
