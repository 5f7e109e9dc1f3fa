package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.upstep.simulator.audit.Fence;
import io.upstep.simulator.audit.LeaseState;
import io.upstep.simulator.audit.Marks;
import io.upstep.simulator.audit.Write;
import io.upstep.simulator.audit.WriteRecord;
import io.upstep.simulator.store.Key;
import java.time.Clock;
import java.util.Optional;

/** Writes down what became of a request that was to change an object; called while the store is locked. */
final class Bookkeeper {
    private final WriteRecord record;
    private final Fence fence;
    private final Clock clock;

    Bookkeeper(WriteRecord record, Fence fence, Clock clock) {
        this.record = record;
        this.fence = fence;
        this.clock = clock;
    }

    /** @param last the object after the write, or as it was when it was deleted */
    void accepted(Key key, ObjectNode last, String version, WriteOptions options) {
        add(key, last, version, Optional.empty(), options);
    }

    /** @param wanted the object as it would have been, as far as that is known */
    void refused(Key key, ObjectNode wanted, String why, WriteOptions options) {
        add(key, wanted, "", Optional.of(why), options);
    }

    private void add(Key key, ObjectNode object, String version, Optional<String> why, WriteOptions options) {
        Marks marks = Marks.of(object);
        record.add(new Write(
                clock.instant(),
                options.verb(),
                key,
                version,
                why,
                options.asked().userAgent(),
                options.manager(),
                options.guarded(),
                marks,
                fence.of(key, marks),
                LeaseState.isAbout(key) ? Optional.of(LeaseState.of(object)) : Optional.empty()));
    }
}
