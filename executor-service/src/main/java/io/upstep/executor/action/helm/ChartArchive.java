package io.upstep.executor.action.helm;

import io.upstep.executor.action.ActionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Reads charts from archives and directories, within bounds, and packs them so that equal files give equal bytes. */
final class ChartArchive {
    static final int LARGEST = 25 * 1024 * 1024;
    private static final long LARGEST_UNPACKED = 100L * 1024 * 1024;
    private static final int MOST_FILES = 5_000;

    private ChartArchive() {}

    /** @throws ActionException {@code chart-invalid} for what is no chart or tries to get out of its directory */
    static Chart read(byte[] archive) {
        if (archive.length > LARGEST) {
            throw invalid("an archive of at most " + LARGEST + " bytes, came " + archive.length);
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new LimitedStream(new GZIPInputStream(new ByteArrayInputStream(archive)), LARGEST_UNPACKED))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = inside(entry);
                if (entry.isFile() && !name.isEmpty()) {
                    files.put(name, tar.readAllBytes());
                }
                requireFew(files);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("a gzipped tar archive of at most " + LARGEST_UNPACKED + " bytes, came something else ("
                    + e.getMessage() + ")");
        }
        return ChartPatches.applied(new Chart(files, Values.sha256(archive), List.of(), false));
    }

    private static void requireFew(Map<String, byte[]> files) {
        if (files.size() > MOST_FILES) {
            throw invalid("at most " + MOST_FILES + " files");
        }
    }

    /** The path below the one directory an archive of a chart has. */
    private static String inside(TarArchiveEntry entry) {
        String name = entry.getName().replace('\\', '/');
        boolean escapes = name.startsWith("/") || Stream.of(name.split("/")).anyMatch(".."::equals);
        if (escapes || entry.isLink() || entry.isSymbolicLink()) {
            throw invalid("only files inside of the chart, came " + entry.getName());
        }
        int slash = name.indexOf('/');
        return slash < 0 ? "" : name.substring(slash + 1);
    }

    /** @throws IOException if it cannot be read */
    static Chart readFile(Path archive) throws IOException {
        try (InputStream in = Files.newInputStream(archive)) {
            return read(in.readNBytes(LARGEST + 1));
        }
    }

    /** @throws IOException if it cannot be read */
    static Chart readDirectory(Path directory) throws IOException {
        // Before it is walked through: any directory of the disk may have been named by mistake.
        if (!Files.isRegularFile(directory.resolve(Chart.DESCRIPTION))) {
            throw invalid("a " + Chart.DESCRIPTION + " in its directory, came " + directory + " without one");
        }
        Map<String, byte[]> files = new TreeMap<>();
        long left = LARGEST_UNPACKED;
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) found.filter(Files::isRegularFile)::iterator) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!name.startsWith(".git/")) {
                    left -= Files.size(file);
                    if (left < 0) {
                        throw invalid("files of together at most " + LARGEST_UNPACKED + " bytes, came more");
                    }
                    files.put(name, Files.readAllBytes(file));
                    requireFew(files);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Chart chart = new Chart(files, "", List.of(), false);
        return ChartPatches.applied(new Chart(files, Values.sha256(packed(chart)), List.of(), false));
    }

    static byte[] packed(Chart chart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            String name = chart.name();
            for (Map.Entry<String, byte[]> file : chart.files().entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(name + "/" + file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0L);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ActionException invalid(String expected) {
        return ActionException.permanent("chart-invalid", "expected of a chart " + expected);
    }
}
