package io.upstep.planner.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** What happens to all plans, as server-sent events. */
@Path("/api/v1/events")
@Tag(name = "events")
@Blocking
public class EventsResource {
    private final EventStreams streams;

    EventsResource(EventStreams streams) {
        this.streams = streams;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Follow all plans",
            description =
                    "Begins with what comes; with Last-Event-ID after that event; with 'after=0' at the very beginning.")
    public Multi<OutboundSseEvent> all(
            @Parameter(description = "The id of the last event seen; nothing after it is missed")
                    @HeaderParam("Last-Event-ID")
                    String lastEventId,
            @Parameter(description = "As Last-Event-ID, for clients that cannot set headers") @QueryParam("after")
                    String after,
            @Parameter(description = "Only these types, separated by commas: plan.succeeded,plan.failed")
                    @QueryParam("types")
                    String types) {
        return streams.all(lastEventId, after, types);
    }
}
