package io.upstep.planner.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Options of the REST API. */
@ConfigMapping(prefix = "upstep.planner.api")
public interface ApiConfig {

    /** The key clients must send as {@code Authorization: Bearer}; without one the API is open, on loopback only. */
    Optional<String> key();

    /** The largest body taken, in bytes. */
    @WithDefault("262144")
    int maxBody();
}
