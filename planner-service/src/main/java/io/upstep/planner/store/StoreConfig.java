package io.upstep.planner.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where the planner keeps what it knows. */
@ConfigMapping(prefix = "upstep.planner.store")
public interface StoreConfig {

    /** JDBC URL of a PostgreSQL database, for example jdbc:postgresql://db:5432/upstep. Empty: the planner runs its own. */
    Optional<String> url();

    /** User of that database. */
    Optional<String> username();

    /** Password of that database. */
    Optional<String> password();

    /** Where the planner's own PostgreSQL keeps its data, when it runs one. */
    Path directory();

    /** How many connections to the database are held at most. */
    @WithDefault("8")
    int connections();

    /** How long to wait for a connection before saying that the database does not answer. */
    @WithDefault("3s")
    Duration patience();

    /** Clusters (name, or name=context) for which plans are taken although no executor or verifier was seen there yet. */
    Optional<List<String>> clusters();
}
