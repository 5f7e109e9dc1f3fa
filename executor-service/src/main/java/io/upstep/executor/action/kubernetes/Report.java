package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.event.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an action did to which objects, or would do. */
public final class Report {
    private final boolean preview;
    private final List<String> changed = new ArrayList<>();
    private final List<String> unchanged = new ArrayList<>();
    private final Map<String, String> diffs = new LinkedHashMap<>();

    public Report(boolean preview) {
        this.preview = preview;
    }

    public void changed(String title, ObjectNode before, ObjectNode after) {
        changed.add(title);
        if (preview) {
            diffs.put(title, Diff.of(before, after));
        }
    }

    public void unchanged(String title) {
        unchanged.add(title);
    }

    public boolean isEmpty() {
        return changed.isEmpty() && unchanged.isEmpty();
    }

    /** @param verb what was done, in the past: {@code scaled to 0} */
    public Outcome outcome(String verb) {
        return outcome(verb, JsonNodeFactory.instance.objectNode());
    }

    public Outcome outcome(String verb, ObjectNode details) {
        fill(details, "changed", changed);
        fill(details, "unchanged", unchanged);
        if (preview) {
            ObjectNode diff = details.putObject("diff");
            diffs.forEach(diff::put);
        }
        return new Outcome.Succeeded(summary(verb), details);
    }

    private String summary(String verb) {
        if (changed.isEmpty()) {
            return unchanged.isEmpty() ? "nothing to do" : verb + " already: " + String.join(", ", unchanged);
        }
        String said = (preview ? "would be " : "") + verb + ": " + String.join(", ", changed);
        return unchanged.isEmpty() ? said : said + "; already so: " + String.join(", ", unchanged);
    }

    private static void fill(ObjectNode details, String key, List<String> titles) {
        if (!titles.isEmpty()) {
            titles.forEach(details.putArray(key)::add);
        }
    }
}
