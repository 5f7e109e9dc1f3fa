package io.upstep.planner.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.upstep.configuration.Result;
import io.upstep.configuration.Rulebook;
import io.upstep.configuration.Way;
import io.upstep.configuration.document.UnreadableException;
import io.upstep.configuration.report.Report;
import io.upstep.configuration.scan.Errand;
import io.upstep.planner.api.Problem.Invalid;
import io.upstep.planner.recipe.Catalogue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Configuration files moved from version to version without a plan, and what has to change outside of the platform. */
@Path("/api/v1/platforms/{platform}")
@Tag(name = "platforms")
@Produces(MediaType.APPLICATION_JSON)
public class ConfigurationsResource {
    private final Catalogue catalogue;
    private final PlatformsResource platforms;
    private final BodyLimit limit;

    ConfigurationsResource(Catalogue catalogue, PlatformsResource platforms, BodyLimit limit) {
        this.catalogue = catalogue;
        this.platforms = platforms;
        this.limit = limit;
    }

    @POST
    @Path("/config-migrations")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Move a configuration file to another version",
            description =
                    "Looks at no installation and keeps nothing. Every value of the file is in the new one, or the report"
                            + " says what became of it. Report, problems and diff hold no secrets; 'config' does, as the file did.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = ConfigMigrationRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "The new file, valid or not: 'valid' and 'problems' say",
            content = @Content(schema = @Schema(implementation = ConfigMigration.class)))
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response migrate(@PathParam("platform") String platform, byte[] body) {
        Rulebook rulebook = rulebook(platform);
        ConfigRequests.Wanted wanted = ConfigRequests.read(limit.checked(body));
        Way.Open way = open(rulebook.way(wanted.document(), wanted.from(), wanted.to()));
        // What comes back may hold secrets: no proxy or browser is to keep it.
        return Response.ok(ConfigMigration.of(run(way, wanted)))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @GET
    @Path("/checklist")
    @Operation(
            summary = "What has to change outside of the platform between two versions",
            description = "Commands, environment variables, imports: each with an expression that finds it in files."
                    + " 'deploy/config.sh scan' looks through a directory.")
    public Checklist checklist(
            @PathParam("platform") String platform,
            @Parameter(required = true, example = "0.4.4") @QueryParam("from") String from,
            @Parameter(required = true, example = "0.5.6") @QueryParam("to") String to) {
        Rulebook rulebook = rulebook(platform);
        String first = PlatformsResource.version("from", from);
        String last = PlatformsResource.version("to", to);
        List<Way> ways = rulebook.documents().stream()
                .map(document -> rulebook.way(document, first, last))
                .toList();
        // An empty list because there are no rules would be a false comfort.
        if (ways.stream().noneMatch(Way.Open.class::isInstance)) {
            open(ways.get(0));
        }
        return new Checklist(platform, first, last, rulebook.checklist(first, last));
    }

    private Rulebook rulebook(String platform) {
        catalogue.platform(platform).orElseThrow(() -> platforms.unknown(404, platform));
        return catalogue
                .rulebook(platform)
                .filter(book -> !book.files().isEmpty())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.CONFIGURATION_NOT_MOVABLE,
                        "a platform with rules for its configuration",
                        "'" + platform + "', which has none",
                        "Write some: docs/reference/configuration-rules.md."));
    }

    private static Way.Open open(Way way) {
        if (way instanceof Way.Closed closed) {
            throw new ProblemException(Problem.of(
                            ProblemCode.CONFIGURATION_NOT_MOVABLE,
                            "versions between which rules lead",
                            "two between which none do",
                            closed.remedy())
                    .withDetail(closed.reason()));
        }
        return (Way.Open) way;
    }

    private static Result run(Way.Open way, ConfigRequests.Wanted wanted) {
        try {
            return way.migration().withAnswers(wanted.answers()).run(wanted.config());
        } catch (UnreadableException e) {
            String line = e.line() > 0 ? " in line " + e.line() : "";
            throw new ProblemException(Problem.of(
                            ProblemCode.CONFIGURATION_UNREADABLE, e.expected(), e.actual() + line, "Correct it there.")
                    .withErrors(List.of(new Invalid("/config", e.expected(), e.actual() + line, "Correct it there."))));
        }
    }

    /** The form of a request, for the API's description. */
    @Schema(
            example =
                    "{\"from\": \"0.4.4\", \"to\": \"0.5.6\", \"config\": \"nodeSelectors:\\n  core:\\n    disk: ssd\\n\"}")
    public record ConfigMigrationRequest(
            @Schema(required = true) String from,
            @Schema(required = true) String to,

            @Schema(required = true, description = "The file, as text")
            String config,

            @Schema(description = "Which kind of file it is", defaultValue = "values")
            String document,

            @Schema(
                    description =
                            "Values by dotted path that go into the new file whatever the rules made of it; null takes out")
            Map<String, JsonNode> answers) {}

    /** A file that was moved. */
    public record ConfigMigration(
            @Schema(description = "The new file, secrets too")
            String config,

            @Schema(description = "One entry for each thing a rule did, one line for each value")
            Report report,

            @Schema(description = "What a person has to see to")
            List<io.upstep.configuration.report.Problem> problems,

            @Schema(description = "Whether it can be used as it is: no problem is an error")
            boolean valid,

            @Schema(description = "The rules applied, in order")
            List<Way.Stage> path,

            @Schema(description = "Old and new as a unified diff, without comments and secrets")
            String diff) {

        static ConfigMigration of(Result result) {
            return new ConfigMigration(
                    result.config(), result.report(), result.problems(), result.valid(), result.path(), result.diff());
        }
    }

    /** What has to change outside of the platform. */
    public record Checklist(String platform, String from, String to, List<Errand> checklist) {}
}
