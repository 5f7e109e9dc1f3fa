package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.rules.Refusal;
import io.upstep.simulator.store.Change;
import io.upstep.simulator.store.Meta;
import io.upstep.simulator.store.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Tells one watcher what happens to the objects it chose. */
final class Watch implements Consumer<Change> {
    private final ObjectStore store;
    private final WatchTarget target;
    private final Consumer<String> sink;
    private final Tables tables;

    Watch(ObjectStore store, Tables tables, WatchTarget target, Consumer<String> sink) {
        this.store = store;
        this.tables = tables;
        this.target = target;
        this.sink = sink;
    }

    /** Begins; false when the wanted version is no longer known, which the watcher has been told. */
    boolean begin() {
        return store.atomically(() -> {
            if (target.since() == 0 || target.initial()) {
                tellWhatIsThere();
            } else {
                Optional<List<Change>> missed = store.since(target.since());
                if (missed.isEmpty()) {
                    tell("ERROR", Refusal.gone(target.since(), store.version()).status());
                    return false;
                }
                missed.get().forEach(this);
            }
            store.listen(this);
            return true;
        });
    }

    void end() {
        store.unlisten(this);
    }

    @Override
    public void accept(Change change) {
        if (!change.key().resource().equals(target.type().resource())) {
            return;
        }
        boolean was = change.before() != null && isChosen(change.before());
        boolean is = change.type() != Change.Type.DELETED && isChosen(change.object());
        if (was && is) {
            tell("MODIFIED", change.object());
        } else if (is) {
            tell("ADDED", change.object());
        } else if (was) {
            tell("DELETED", change.object());
        }
    }

    private void tellWhatIsThere() {
        store.list(target.type().resource(), target.namespace()).stream()
                .filter(this::isChosen)
                .forEach(o -> tell("ADDED", o));
        if (target.initial()) {
            ObjectNode bookmark = Bodies.JSON.createObjectNode();
            bookmark.put("kind", target.type().kind())
                    .put("apiVersion", target.type().apiVersion());
            Meta.of(bookmark).put("resourceVersion", Long.toString(store.version()));
            Meta.annotate(bookmark, "k8s.io/initial-events-end", "true");
            tell("BOOKMARK", bookmark);
        }
    }

    private boolean isChosen(ObjectNode object) {
        boolean inNamespace = target.namespace().isEmpty() || target.namespace().equals(Meta.namespace(object));
        boolean named = target.name().isEmpty() || target.name().equals(Meta.name(object));
        return inNamespace && named && target.selection().test(object);
    }

    private void tell(String type, ObjectNode object) {
        boolean row = target.table() && !type.equals("ERROR");
        ObjectNode shown = row ? tables.of(target.type(), List.of(object), store.version()) : object;
        sink.accept("{\"type\":\"" + type + "\",\"object\":" + shown + "}");
    }
}
