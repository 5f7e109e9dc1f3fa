package io.upstep.planner.store;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resource.classpath.ClassPathResource;

/** Brings the database to the schema this version of the planner works with. */
final class Migrations {
    static final String SCHEMA = "upstep";

    /** Named one by one: scanning the class path does not work under every class loader. */
    private static final List<String> FILES = List.of("db/migration/V1__plans.sql", "db/migration/V2__ownership.sql");

    private Migrations() {}

    static void run(DataSource database) {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .createSchemas(true)
                .resourceProvider(new Files())
                .javaMigrationClassProvider(List::of)
                .load()
                .migrate();
    }

    private static final class Files implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            return FILES.contains(name) ? resource(name) : null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return FILES.stream()
                    .filter(name -> name.substring(name.lastIndexOf('/') + 1).startsWith(prefix))
                    .filter(name -> List.of(suffixes).stream().anyMatch(name::endsWith))
                    .map(Files::resource)
                    .toList();
        }

        private static LoadableResource resource(String name) {
            return new ClassPathResource(
                    Location.fromPath("classpath:", "db/migration"),
                    name,
                    Migrations.class.getClassLoader(),
                    StandardCharsets.UTF_8);
        }
    }
}
