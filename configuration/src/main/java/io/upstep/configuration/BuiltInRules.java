package io.upstep.configuration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The rule files that are on the class path, in a directory or a jar. */
public final class BuiltInRules {
    private static final String ANCHOR = "recipes/configuration.schema.json";

    private BuiltInRules() {}

    /** Empty if there are no recipes on the class path. */
    public static Optional<RuleFolder.Loaded> read(ClassLoader classes) {
        URL anchor = classes.getResource(ANCHOR);
        return anchor == null ? Optional.empty() : Optional.of(read(anchor));
    }

    private static RuleFolder.Loaded read(URL anchor) {
        try {
            URI uri = anchor.toURI();
            if (!uri.getScheme().equals("jar")) {
                return RuleFolder.read(Path.of(uri).getParent());
            }
            String jar = uri.getRawSchemeSpecificPart();
            URI file = URI.create(jar.substring(0, jar.indexOf("!/")));
            try (FileSystem inside = FileSystems.newFileSystem(Path.of(file), Map.of())) {
                return RuleFolder.read(inside.getPath(ANCHOR).getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the rule files on the class path cannot be read", e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("expected a class path that can be read, came " + anchor, e);
        }
    }
}
