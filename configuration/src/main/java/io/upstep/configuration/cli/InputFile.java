package io.upstep.configuration.cli;

import io.upstep.configuration.document.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** The document a command works on: a file, or what comes in. */
final class InputFile {
    /** One byte more than a document may have, so that too many are noticed. */
    private static final int LIMIT = (1 << 20) + 1;

    private static final String STDIN = "-";

    private InputFile() {}

    static <T> T with(Path file, Function<String, T> work) {
        try {
            return work.apply(text(file));
        } catch (IOException e) {
            throw new ToldException(
                    ExitCode.UNREADABLE,
                    "Expected a file that can be read, came '" + file + "' (" + e.getMessage() + ").");
        } catch (UnreadableException e) {
            throw new ToldException(ExitCode.UNREADABLE, file + ": " + e.getMessage());
        }
    }

    private static String text(Path file) throws IOException {
        if (file.toString().equals(STDIN)) {
            return new String(System.in.readNBytes(LIMIT), StandardCharsets.UTF_8);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LIMIT), StandardCharsets.UTF_8);
        }
    }
}
