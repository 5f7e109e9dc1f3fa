package io.upstep.planner.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The JSON Schemas of the files that people write, so that editors can help them. */
@Path("/api/v1/schemas")
@Tag(name = "platforms")
public class SchemasResource {
    private static final Set<String> NAMES =
            Set.of("platform.schema.json", "recipe.schema.json", "configuration.schema.json");

    @GET
    @Path("/{name}")
    @Produces("application/schema+json")
    @Operation(summary = "A JSON Schema: platform.schema.json, recipe.schema.json or configuration.schema.json")
    public String get(@PathParam("name") String name) {
        if (!NAMES.contains(name)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "one of " + String.join(", ", NAMES.stream().sorted().toList()),
                    "another name",
                    "Choose one of them.");
        }
        try (InputStream schema = SchemasResource.class.getResourceAsStream("/recipes/" + name)) {
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a schema of ours cannot be read", e);
        }
    }
}
