package io.upstep.executor.action.pachyderm;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import io.upstep.executor.action.kubernetes.KeptData;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the installation's namespace says of an extract of the plan, and of what was done with it. */
final class Extracts {
    private static final String EXTRACT = "extract.json";
    private static final String RESTORED = "restored";
    private static final String BEGUN = "begun";

    private final KeptData kept;
    private final String name;

    Extracts(String name, StepContext context) {
        this.name = name;
        this.kept = KeptData.named(Names.configMap(name, context), context);
    }

    String configMap() {
        return kept.name();
    }

    Optional<Extract> find() {
        return kept.read().map(data -> data.get(EXTRACT)).map(Extract::read);
    }

    Extract get() {
        return find().orElseThrow(() -> ActionException.permanent(
                "extract-missing",
                "expected the extract '" + name + "' in ConfigMap " + kept.name()
                        + ", which pachyderm.extract of the same plan writes"));
    }

    void put(Extract extract) {
        kept.write(Map.of(EXTRACT, extract.json()));
    }

    boolean isRestored(Extract extract) {
        return said(extract).equals(RESTORED);
    }

    boolean isRestoreBegun(Extract extract) {
        return said(extract).equals(BEGUN);
    }

    void begun(Extract extract) {
        say(extract, BEGUN);
    }

    void restored(Extract extract) {
        say(extract, RESTORED);
    }

    private String said(Extract extract) {
        return kept.read().map(data -> data.get(extract.sha256())).orElse("");
    }

    private void say(Extract extract, String what) {
        Map<String, String> data = new TreeMap<>(kept.read().orElse(Map.of()));
        data.put(extract.sha256(), what);
        kept.write(data);
    }
}
