package io.upstep.planner.api;

import io.upstep.planner.recipe.Catalogue;
import io.upstep.planner.recipe.PathAnswer;
import io.upstep.planner.recipe.PlatformInfo;
import io.upstep.planner.recipe.RecipeProblem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Platforms: what Upstep knows how to upgrade, and from where to where. */
@Path("/api/v1/platforms")
@Tag(name = "platforms")
@Produces(MediaType.APPLICATION_JSON)
public class PlatformsResource {
    private static final int SHOWN = 64;

    private final Catalogue catalogue;

    PlatformsResource(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @GET
    @Operation(summary = "All platforms")
    public Platforms list() {
        return new Platforms(
                catalogue.platforms().stream()
                        .map(p -> new PlatformSummary(
                                p.name(), p.title(), p.description(), p.versions(), p.versionPattern()))
                        .toList(),
                catalogue.problems());
    }

    @GET
    @Path("/{platform}")
    @Operation(summary = "One platform: versions, facts, parameters, recipes, blocked edges, required stops")
    public PlatformInfo get(@PathParam("platform") String platform) {
        return catalogue.platform(platform).orElseThrow(() -> unknown(404, platform));
    }

    @GET
    @Path("/{platform}/path")
    @Operation(
            summary = "Whether and how one version leads to another",
            description = "Without looking at any installation: what only a live one can tell is listed as conditions."
                    + " When there is no path, 'refusal' says why and what to do instead.")
    public PathAnswer path(
            @PathParam("platform") String platform,
            @Parameter(required = true, example = "1.10.1") @QueryParam("from") String from,
            @Parameter(required = true, example = "1.20.0") @QueryParam("to") String to) {
        return catalogue
                .path(platform, version("from", from), version("to", to))
                .orElseThrow(() -> unknown(404, platform));
    }

    static String version(String name, String value) {
        if (value == null || value.isBlank() || value.length() > SHOWN) {
            throw new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    name + ": a version of 1 to " + SHOWN + " characters",
                    value == null ? "nothing" : value.isBlank() ? "an empty text" : value.length() + " characters",
                    "Add ?from=...&to=...");
        }
        return value;
    }

    /** @param status 404 where the platform is in the path, 422 where it is in the body */
    ProblemException unknown(int status, String platform) {
        List<String> known =
                catalogue.platforms().stream().map(PlatformInfo::name).toList();
        String shown = platform.length() > SHOWN ? platform.substring(0, SHOWN) + "…" : platform;
        List<RecipeProblem> broken = catalogue.problems(platform);
        if (!broken.isEmpty()) {
            return new ProblemException(broken(shown, broken).withStatus(status));
        }
        return new ProblemException(Problem.of(
                        ProblemCode.UNKNOWN_PLATFORM,
                        "one of " + String.join(", ", known),
                        "'" + shown + "'",
                        "GET /api/v1/platforms lists them; a folder with recipes adds one (docs/guide/recipes.md).")
                .withStatus(status));
    }

    private static Problem broken(String platform, List<RecipeProblem> problems) {
        return Problem.of(
                        ProblemCode.UNKNOWN_PLATFORM,
                        "a platform whose recipes can be used",
                        "'" + platform + "', in which " + problems.size() + " things are wrong, the first at "
                                + problems.get(0),
                        "Correct them; nothing has to be restarted.")
                .withErrors(problems.stream()
                        .map(problem -> new Problem.Invalid(
                                problem.file() + ":" + problem.line() + " " + problem.pointer(),
                                problem.expected(),
                                problem.actual(),
                                problem.remedy()))
                        .toList());
    }

    /** All platforms there are, and what is wrong with those of one's own that are left out, or kept as they were. */
    public record Platforms(List<PlatformSummary> platforms, List<RecipeProblem> problems) {}

    /** A platform as it stands in a list. */
    public record PlatformSummary(
            String name, String title, String description, List<String> versions, String versionPattern) {}
}
