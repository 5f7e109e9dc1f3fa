package io.upstep.executor.action.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The objects of the installation's namespace, as one attempt may change them: only while it owns the installation, only
 * from the version it has read, and only where no newer attempt has been.
 */
public final class FencedObjects {
    // Controllers write status all the time, so a conflict is usual; but somebody who always is faster is an opponent.
    private static final int TRIES = 8;

    private final StepContext context;
    private final Api api;
    private final Fence fence;
    private final Report report;
    private final boolean preview;

    public FencedObjects(StepContext context, boolean preview) {
        this.context = context;
        this.api = new Api(context.client(), context.namespace(), preview);
        this.fence = new Fence(context, api);
        this.report = new Report(preview);
        this.preview = preview;
    }

    public Report report() {
        return report;
    }

    public boolean isPreview() {
        return preview;
    }

    public Kind kind(String kind, String apiVersion) {
        return api.kind(kind, apiVersion);
    }

    public Kind kind(Target target) {
        return api.kind(target.kind(), target.apiVersion());
    }

    public Optional<ObjectNode> get(Kind kind, String name) {
        return api.get(kind, name);
    }

    public List<ObjectNode> list(Kind kind, String selector) {
        return api.list(kind, selector);
    }

    /** The target's objects; possibly none. */
    List<ObjectNode> look(Target target) {
        return target.isNamed()
                ? api.get(kind(target), target.name()).stream().toList()
                : api.list(kind(target), target.selector());
    }

    /** The target's objects; none is a failure, because then most likely the target is wrong. */
    List<ObjectNode> find(Target target) {
        List<ObjectNode> found = look(target);
        if (found.isEmpty()) {
            throw nothing(target);
        }
        return found;
    }

    ActionException nothing(Target target) {
        return target.isNamed()
                ? ActionException.permanent(
                        "object-not-found",
                        "expected " + target + " in namespace " + context.namespace() + ", which is not there")
                : ActionException.permanent(
                        "selector-matches-nothing",
                        "expected at least one of the " + target + " in namespace " + context.namespace()
                                + ", and there is none");
    }

    /** @param change changes the object it is given and answers whether it did */
    public ObjectNode edit(Kind kind, String name, Predicate<ObjectNode> change) {
        return settled(kind, name, before -> {
            ObjectNode after = before.deepCopy();
            if (!change.test(after)) {
                report.unchanged(Manifest.title(before));
                return before;
            }
            fence.mark(after);
            context.checkpoint();
            ObjectNode written = api.replace(kind, after);
            report.changed(Manifest.title(before), before, written);
            return written;
        });
    }

    /** @param patch given the object as it is, the patch to send: it carries the version it is meant for, and our mark */
    public ObjectNode patch(Kind kind, String name, PatchType type, UnaryOperator<JsonNode> patch) {
        return settled(kind, name, before -> {
            context.checkpoint();
            ObjectNode written = api.patch(kind, name, type, patch.apply(before));
            if (Cleaning.cleaned(written).equals(Cleaning.cleaned(before))) {
                report.unchanged(Manifest.title(before));
            } else {
                report.changed(Manifest.title(before), before, written);
            }
            return written;
        });
    }

    public boolean wroteLast(JsonNode object) {
        return fence.wroteLast(object);
    }

    /** Whether this step's work on the object is done, by an attempt that counts. */
    public boolean isDone(JsonNode object) {
        return fence.counts(object);
    }

    public void mark(ObjectNode object) {
        fence.mark(object);
    }

    /** Before a write that is made elsewhere: throws when the object is a newer attempt's, or shared and in use. */
    public void check(JsonNode object) {
        fence.check(object);
    }

    public ObjectNode create(Kind kind, ObjectNode object) {
        fence.mark(object);
        context.checkpoint();
        return created(kind, object);
    }

    /**
     * Server-side apply: the fields of the manifest become ours, the others stay as they are. What is not there is created
     * and not applied, because that would also write over an object that appears in between.
     */
    public ObjectNode apply(Kind kind, ObjectNode manifest) {
        for (int tries = 1; ; tries++) {
            Optional<ObjectNode> before = api.get(kind, Manifest.name(manifest));
            before.ifPresent(fence::check);
            ObjectNode wanted = manifest.deepCopy();
            fence.mark(wanted);
            before.ifPresent(
                    there -> Manifest.child(wanted, "metadata").put("resourceVersion", Manifest.version(there)));
            context.checkpoint();
            try {
                return before.isPresent() ? applied(before.get(), api.apply(kind, wanted)) : created(kind, wanted);
            } catch (KubernetesClientException e) {
                if (!isOvertaken(e) || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    private ObjectNode created(Kind kind, ObjectNode wanted) {
        ObjectNode written = api.create(kind, wanted);
        report.changed(Manifest.title(wanted), null, written);
        return written;
    }

    private ObjectNode applied(ObjectNode before, ObjectNode after) {
        if (Cleaning.cleaned(after).equals(Cleaning.cleaned(before))) {
            report.unchanged(Manifest.title(after));
        } else {
            report.changed(Manifest.title(after), before, after);
        }
        return after;
    }

    /**
     * In two steps: the object is marked, and then deleted at the version that has the mark. So the target can see whose
     * deletion it is, and refuse it where a newer attempt has the installation.
     *
     * @param propagation Foreground, Background or Orphan
     */
    public void delete(Kind kind, ObjectNode object, String propagation) {
        boolean there = attempt(kind, Manifest.name(object), now -> {
                    if (isSame(now, object) && !isLeaving(now)) {
                        ObjectNode marked = preview || fence.isMarked(now) ? now : marked(kind, now);
                        context.checkpoint();
                        api.delete(kind, marked, propagation);
                    }
                    return now;
                })
                .filter(now -> isSame(now, object))
                .isPresent();
        if (there) {
            report.changed(Manifest.title(object), object, null);
        } else {
            report.unchanged(Manifest.title(object));
        }
    }

    /** A definition belongs to no namespace and so to no Lease: it gets no mark, only the check and the version. */
    public void deleteDefinition(Kind kind, ObjectNode definition) {
        context.checkpoint();
        api.delete(kind, definition, "Background");
        report.changed(Manifest.title(definition), definition, null);
    }

    private ObjectNode marked(Kind kind, ObjectNode now) {
        ObjectNode marked = now.deepCopy();
        fence.mark(marked);
        context.checkpoint();
        return api.patch(
                kind,
                Manifest.name(now),
                PatchType.JSON_MERGE,
                JsonPatches.guardedMerge(JsonNodeFactory.instance.objectNode(), marked));
    }

    private static boolean isSame(JsonNode now, JsonNode object) {
        return Manifest.uid(now).equals(Manifest.uid(object));
    }

    private static boolean isLeaving(JsonNode object) {
        return !object.at("/metadata/deletionTimestamp").isMissingNode();
    }

    private ObjectNode settled(Kind kind, String name, UnaryOperator<ObjectNode> write) {
        return attempt(kind, name, write)
                .orElseThrow(() -> ActionException.passing(
                        "object-gone", kind.name() + " " + name + " went away while it was about to be written"));
    }

    /** Reads, checks the fence and writes, again as long as somebody else writes in between. Empty: there is no such object. */
    private Optional<ObjectNode> attempt(Kind kind, String name, UnaryOperator<ObjectNode> write) {
        for (int tries = 1; ; tries++) {
            Optional<ObjectNode> now = api.get(kind, name);
            now.ifPresent(fence::check);
            try {
                return now.map(write);
            } catch (KubernetesClientException e) {
                if (!isOvertaken(e) || tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Somebody else has written, made or deleted the object since it was read. */
    private static boolean isOvertaken(KubernetesClientException e) {
        return e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }
}
