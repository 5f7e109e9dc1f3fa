package io.upstep.planner.api;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.upstep.planner.api.PlanRequests.Verb;
import io.upstep.planner.plan.JournalEntry;
import io.upstep.planner.plan.Plan;
import io.upstep.planner.plan.PlanStatus;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.plan.Plans.Submitted;
import io.upstep.planner.plan.Submission;
import io.upstep.planner.plan.Why;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;

/** Plans: submit, look at, act on. */
@Path("/api/v1/plans")
@Tag(name = "plans")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PlansResource {
    private static final int KEY_LENGTH = 200;

    private final Plans plans;
    private final Submissions submissions;
    private final EventStreams streams;
    private final BodyLimit limit;
    private final Caller caller;

    PlansResource(Plans plans, Submissions submissions, EventStreams streams, BodyLimit limit, Caller caller) {
        this.plans = plans;
        this.submissions = submissions;
        this.streams = streams;
        this.limit = limit;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit a plan",
            description =
                    "The answer is OBSERVING: the verifier looks at the installation first. It becomes PLANNED (with its"
                            + " steps), goes on by itself if start is 'automatic', or is REFUSED with the reason and what to do"
                            + " instead. With 'Prefer: wait=10' the answer comes when that is known, after 10 seconds at most; a"
                            + " refusal is then a problem document.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = PlanRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Taken in; Location names it",
            content = @Content(schema = @Schema(implementation = PlanView.class)))
    @APIResponse(responseCode = "200", description = "It was taken in before, under the same idempotency key")
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response submit(
            byte[] body,
            @Parameter(description = "The same key with the same body answers the same plan")
                    @HeaderParam("Idempotency-Key")
                    String idempotencyKey,
            @Parameter(description = "wait=SECONDS, 1 to 30 (RFC 7240)") @HeaderParam("Prefer") String prefer,
            @Context UriInfo uri) {
        Submission submission = submissions.read(limit.checked(body));
        Submitted submitted = plans.submit(submission, key(idempotencyKey), caller.name());
        Plan plan = submissions.await(submitted.plan(), prefer);
        URI location = uri.getAbsolutePathBuilder().path(plan.id()).build();
        if (prefer != null && plan.status() == PlanStatus.REFUSED) {
            return Response.fromResponse(ProblemMappers.response(Refusals.problem(plan)))
                    .location(location)
                    .build();
        }
        return Response.status(submitted.repeated() ? 200 : 201)
                .location(location)
                .entity(view(plan))
                .build();
    }

    @GET
    @Operation(summary = "List plans, newest first")
    public PlanSummary.Page list(
            @Parameter(description = "One or more, separated by commas") @QueryParam("status") String status,
            @QueryParam("platform") String platform,
            @QueryParam("cluster") String cluster,
            @QueryParam("namespace") String namespace,
            @QueryParam("release") String release,
            @Parameter(description = "'next' of the page before") @QueryParam("cursor") String cursor,
            @Parameter(description = "1 to 200; 50 if not given") @QueryParam("limit") String limit) {
        Plans.Filter filter = PlanRequests.filter(status, platform, cluster, namespace, release);
        Plans.Page page = plans.list(filter, cursor, PlanRequests.limit(limit, 50, 200));
        return new PlanSummary.Page(page.plans().stream().map(PlanSummary::of).toList(), page.next());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One plan, with its steps, attempts, outcomes, verdicts and evidence")
    public PlanView get(@PathParam("id") String id) {
        return view(found(id));
    }

    @GET
    @Path("/{id}/why")
    @Operation(summary = "What the plan waits for, who can release it, and what happens next")
    public Why why(@PathParam("id") String id) {
        return plans.why(found(id).id()).orElseThrow(() -> unknown(id));
    }

    @GET
    @Path("/{id}/rollback")
    @Operation(
            summary = "What a rollback would do from here",
            description =
                    "The undo steps in the order they would run, or the step that stands in the way and the safe way on.")
    public RollbackView rollback(
            @PathParam("id") String id,
            @Parameter(description = "Steps to leave as they are, separated by commas") @QueryParam("keep")
                    String keep) {
        return RollbackView.of(found(id), keep);
    }

    @GET
    @Path("/{id}/journal")
    @Operation(summary = "Everything that happened, in order, without gaps")
    public Journal journal(
            @PathParam("id") String id,
            @Parameter(description = "Only entries after this sequence number") @QueryParam("after") String after,
            @Parameter(description = "1 to 1000; 200 if not given") @QueryParam("limit") String limit) {
        long afterSeq = after == null ? 0 : PlanRequests.number("after", after);
        List<JournalEntry> entries = plans.journal(found(id).id(), afterSeq, PlanRequests.limit(limit, 200, 1000));
        return new Journal(entries.stream().map(EntryView::of).toList());
    }

    @POST
    @Path("/{id}/{verb: start|pause|resume|cancel|retry|skip|mark-done|rollback|abandon}")
    @Operation(
            summary = "Act on a plan",
            description =
                    "The body is optional, except for skip and mark-done, which need 'step' and 'reason', and abandon, which"
                            + " needs 'reason'. Doing again what was just done changes nothing and is no error.")
    @RequestBody(content = @Content(schema = @Schema(implementation = VerbRequest.class)))
    public PlanView act(@PathParam("id") String id, @PathParam("verb") String verb, byte[] body) {
        Verb wanted = Verb.named(verb);
        Plan plan = found(id);
        return view(plans.act(plan.id(), PlanRequests.verb(wanted, limit.checked(body), caller.name())));
    }

    @GET
    @Path("/{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Tag(name = "events")
    @Operation(
            summary = "Follow one plan",
            description =
                    "From its first entry; with Last-Event-ID after that one. An entry with 'terminal' ends the plan.")
    public Multi<OutboundSseEvent> events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID") String lastEventId,
            @QueryParam("after") String after,
            @QueryParam("types") String types) {
        return streams.one(found(id).id(), lastEventId, after, types);
    }

    private Plan found(String id) {
        return plans.find(id).orElseThrow(() -> unknown(id));
    }

    private PlanView view(Plan plan) {
        return PlanView.of(plan, plans.why(plan.id()).orElse(null));
    }

    static ProblemException unknown(String id) {
        return new ProblemException(
                ProblemCode.UNKNOWN_PLAN,
                "the id of a plan",
                "'" + (id.length() > 64 ? id.substring(0, 64) + "…" : id) + "'",
                "GET /api/v1/plans lists the plans there are.");
    }

    private static String key(String header) {
        if (header == null) {
            return null;
        }
        if (header.isBlank() || header.length() > KEY_LENGTH) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "Idempotency-Key: 1 to " + KEY_LENGTH + " characters",
                    header.length() + " characters",
                    "Use a UUID, for example.");
        }
        return header;
    }

    /** A plan's journal, or the part asked for. */
    public record Journal(List<EntryView> entries) {}

    /** The form of a submission, for the API's description. */
    @Schema(
            example =
                    "{\"platform\": \"polyaxon\", \"installation\": {\"cluster\": \"local\", \"namespace\": \"polyaxon\","
                            + " \"release\": \"polyaxon\"}, \"target\": \"1.20.0\", \"parameters\": {}, \"start\": \"automatic\"}")
    public record PlanRequest(
            @Schema(required = true, description = "See GET /api/v1/platforms")
            String platform,

            @Schema(required = true) io.upstep.event.Installation installation,

            @Schema(required = true, description = "The version it is to run")
            String target,

            @Schema(description = "What the platform asks for: see GET /api/v1/platforms/{platform}")
            Object parameters,

            @Schema(
                    enumeration = {"manual", "automatic"},
                    defaultValue = "manual")
            String start,

            @Schema(description = "The id of the plan that the installation is taken over from, if another has it")
            String adopts) {}

    /** The form of a verb's body, for the API's description. */
    public record VerbRequest(
            @Schema(description = "Why; kept in the journal. Required for skip, mark-done and abandon")
            String reason,

            @Schema(description = "Which step; for skip and mark-done")
            String step,

            @Schema(description = "The earlier step that is to be done again, with all that follow; for retry")
            String from,

            @Schema(description = "Whether what was done is taken back; for cancel")
            Boolean undo,

            @Schema(
                    description =
                            "Steps that only a restore point could take back, and that stay as they are; for rollback")
            List<String> keep) {}
}
