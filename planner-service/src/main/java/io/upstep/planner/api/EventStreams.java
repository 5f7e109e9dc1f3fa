package io.upstep.planner.api;

import io.smallrye.mutiny.Multi;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.JournalSignal;
import io.upstep.planner.plan.Plans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;

/** The journal as server-sent events. A client that comes back with {@code Last-Event-ID} misses nothing. */
@ApplicationScoped
public class EventStreams {
    private static final int BATCH = 200;

    private final Plans plans;
    private final JournalSignal signal;

    EventStreams(Plans plans, JournalSignal signal) {
        this.plans = plans;
        this.signal = signal;
    }

    /** All plans; ids are positions. Without a place to begin, what comes from now on. */
    Multi<OutboundSseEvent> all(String lastEventId, String after, String types) {
        Long start = start(lastEventId, after);
        JournalStream stream = new JournalStream(
                signal,
                position -> plans.events(position, BATCH),
                JournalEntry::position,
                start == null ? plans.lastPosition() : start);
        return events(stream, wanted(types), JournalEntry::position);
    }

    /** One plan; ids are sequence numbers. Without a place to begin, from its first entry. */
    Multi<OutboundSseEvent> one(String planId, String lastEventId, String after, String types) {
        Long start = start(lastEventId, after);
        JournalStream stream = new JournalStream(
                signal, seq -> plans.journal(planId, seq, BATCH), JournalEntry::seq, start == null ? 0 : start);
        return events(stream, wanted(types), JournalEntry::seq);
    }

    private static Multi<OutboundSseEvent> events(
            JournalStream stream, Predicate<JournalEntry> wanted, ToLongFunction<JournalEntry> id) {
        Multi<OutboundSseEvent> entries = stream.batches()
                .onItem()
                .transformToIterable(batch -> batch.isEmpty()
                        ? List.of(comment("still here"))
                        : batch.stream()
                                .filter(wanted)
                                .map(entry -> event(entry, id.applyAsLong(entry)))
                                .toList());
        // Sent at once, so that a client knows that it listens before anything happens.
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(comment("listening")), entries);
    }

    private static OutboundSseEvent event(JournalEntry entry, long id) {
        return new OutboundSseEventImpl.BuilderImpl()
                .id(String.valueOf(id))
                .name(entry.type())
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(EntryView.class, EntryView.of(entry))
                .build();
    }

    private static OutboundSseEvent comment(String text) {
        return new OutboundSseEventImpl.BuilderImpl().comment(text).build();
    }

    private static Long start(String lastEventId, String after) {
        if (lastEventId != null && !lastEventId.isBlank()) {
            return PlanRequests.number("Last-Event-ID", lastEventId);
        }
        return after == null ? null : (Long) PlanRequests.number("after", after);
    }

    private static Predicate<JournalEntry> wanted(String types) {
        if (types == null || types.isBlank()) {
            return entry -> true;
        }
        Set<String> names = Arrays.stream(types.split(",")).map(String::trim).collect(Collectors.toSet());
        return entry -> names.contains(entry.type());
    }
}
