package io.upstep.planner.api;

import io.smallrye.common.annotation.Blocking;
import io.upstep.planner.plan.Plans;
import io.upstep.planner.recipe.Linter;
import io.upstep.planner.recipe.RecipeProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Recipes of one's own, looked at before anybody uses them. */
@Path("/api/v1/recipes")
@Tag(name = "platforms")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class RecipesResource {
    private final Plans plans;
    private final BodyLimit limit;
    private final Linters linters;

    RecipesResource(Plans plans, BodyLimit limit, Linters linters) {
        this.plans = plans;
        this.limit = limit;
        this.linters = linters;
    }

    @POST
    @Path("/validate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say everything that is wrong with a platform's files, or likely to be",
            description =
                    "Keeps nothing. Names file, line, what was expected, what came and what to do. Actions, checks and"
                            + " probes that executors and verifiers have announced count as known.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = RecipesRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "What was found: 'valid' says whether the planner would use them",
            content = @Content(schema = @Schema(implementation = Validation.class)))
    @APIResponse(
            responseCode = "default",
            description = "A problem",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Validation validate(byte[] body) {
        Linter linter = linters.get().with(announced());
        return Validation.of(linter.lint(RecipeRequests.read(limit.checked(body))));
    }

    private List<String> announced() {
        return plans.workers().stream()
                .flatMap(worker -> worker.said().capabilities().stream())
                .distinct()
                .toList();
    }

    /** The form of a request, for the API's description. */
    public record RecipesRequest(
            @Schema(required = true, description = "All files of one or more platforms")
            List<File> files) {

        public record File(
                @Schema(required = true, example = "guestbook/platform.yaml")
                String path,

                @Schema(required = true, description = "The file, as text")
                String content) {}
    }

    /** What was found in recipes. */
    public record Validation(
            @Schema(description = "Whether the planner would use them: there are no errors")
            boolean valid,

            long errors,
            long warnings,
            List<RecipeProblem> problems) {

        static Validation of(List<RecipeProblem> problems) {
            long errors = problems.stream().filter(RecipeProblem::isError).count();
            return new Validation(errors == 0, errors, problems.size() - errors, problems);
        }
    }
}
