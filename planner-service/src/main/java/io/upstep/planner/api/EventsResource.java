package io.upstep.planner.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.JournalSignal;
import io.upstep.planner.plan.Plans;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** The journal as server-sent events. A client that comes back with {@code Last-Event-ID} misses nothing. */
@Path("/api/v1")
@Tag(name = "events")
@Blocking
public class EventsResource {
    private static final int BATCH = 200;

    private final Plans plans;
    private final JournalSignal signal;

    EventsResource(Plans plans, JournalSignal signal) {
        this.plans = plans;
        this.signal = signal;
    }

    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Follow all plans",
            description =
                    "Begins with what comes; with Last-Event-ID after that event; with 'after=0' at the very beginning.")
    public Multi<OutboundSseEvent> all(
            @Parameter(description = "The id of the last event seen") @HeaderParam("Last-Event-ID") String lastEventId,
            @Parameter(description = "As Last-Event-ID, for clients that cannot set headers") @QueryParam("after")
                    String after,
            @Parameter(description = "Only these types, separated by commas: plan.succeeded,plan.failed")
                    @QueryParam("types")
                    String types,
            @Context Sse sse) {
        Long start = start(lastEventId, after);
        JournalStream stream = new JournalStream(
                signal,
                position -> plans.events(position, BATCH),
                JournalEntry::position,
                start == null ? plans.lastPosition() : start);
        return events(stream, wanted(types), entry -> String.valueOf(entry.position()), sse);
    }

    @GET
    @Path("/plans/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Follow one plan",
            description =
                    "From its first entry; with Last-Event-ID after that one. Entries with 'terminal' end the plan.")
    public Multi<OutboundSseEvent> one(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @QueryParam("after") String after,
            @QueryParam("types") String types,
            @Context Sse sse) {
        String plan =
                plans.find(id).orElseThrow(() -> PlansResource.unknown(id)).id();
        Long start = start(lastEventId, after);
        JournalStream stream = new JournalStream(
                signal, seq -> plans.journal(plan, seq, BATCH), JournalEntry::seq, start == null ? 0 : start);
        return events(stream, wanted(types), entry -> String.valueOf(entry.seq()), sse);
    }

    private static Multi<OutboundSseEvent> events(
            JournalStream stream,
            Predicate<JournalEntry> wanted,
            java.util.function.Function<JournalEntry, String> id,
            Sse sse) {
        return stream.batches()
                .onItem()
                .transformToIterable(batch -> batch.isEmpty()
                        ? List.of(sse.newEventBuilder().comment("still here").build())
                        : batch.stream()
                                .filter(wanted)
                                .map(entry -> event(entry, id.apply(entry), sse))
                                .toList());
    }

    private static OutboundSseEvent event(JournalEntry entry, String id, Sse sse) {
        return sse.newEventBuilder()
                .id(id)
                .name(entry.type())
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(EntryView.class, EntryView.of(entry))
                .build();
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
