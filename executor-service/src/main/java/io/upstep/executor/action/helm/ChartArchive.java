package io.upstep.executor.action.helm;

import io.upstep.executor.action.ActionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
        long left = LARGEST_UNPACKED;
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = inside(entry);
                if (entry.isFile() && !name.isEmpty()) {
                    byte[] content = tar.readNBytes((int) Math.min(left + 1, Integer.MAX_VALUE));
                    left -= content.length;
                    files.put(name, content);
                }
                if (left < 0 || files.size() > MOST_FILES) {
                    throw invalid("at most " + MOST_FILES + " files of together " + LARGEST_UNPACKED + " bytes");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("a gzipped tar archive, came something else (" + e.getMessage() + ")");
        }
        return ChartPatches.applied(new Chart(files, Values.sha256(archive), List.of(), false));
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

    static Chart read(Path directory) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                if (!name.startsWith(".git/")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
