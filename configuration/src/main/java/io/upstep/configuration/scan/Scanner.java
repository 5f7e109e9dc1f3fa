package io.upstep.configuration.scan;

import io.upstep.configuration.document.Secrecy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Looks for errands in the files of directories. Reads only; skips what is large, binary, or another tool's. */
public final class Scanner {
    private static final long FILE = 1 << 20;
    private static final int FILES = 50_000;
    private static final int FINDINGS = 10_000;
    private static final int LINE = 2_000;
    private static final String CONTINUED = "\\";
    private static final int SHOWN = 160;
    private static final int SNIFFED = 8_000;
    private static final Set<String> SKIPPED =
            Set.of(".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".tox", "target", ".idea");

    private final List<Errand> errands;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private int files;

    private Scanner(List<Errand> errands) {
        this.errands = errands;
    }

    /** @throws IOException if a directory given cannot be read */
    public static Scanned scan(List<Errand> errands, List<Path> directories) throws IOException {
        Scanner scanner = new Scanner(errands);
        for (Path directory : directories) {
            // What a person names is meant, also by a link; links in it may lead anywhere.
            Path real = Files.isSymbolicLink(directory) ? directory.toRealPath() : directory;
            Files.walkFileTree(real, scanner.new Visitor(real));
        }
        return new Scanned(List.copyOf(scanner.findings), scanner.files, List.copyOf(scanner.skipped));
    }

    private boolean isFull() {
        return files >= FILES || findings.size() >= FINDINGS;
    }

    private void file(Path file, String name, long size) {
        List<Errand> concerned =
                errands.stream().filter(errand -> errand.concerns(file)).toList();
        if (concerned.isEmpty()) {
            return;
        }
        files++;
        try {
            if (size > FILE) {
                skipped.add(name + ": larger than " + FILE + " bytes");
            } else if (isText(file)) {
                lines(file, name, concerned);
            }
        } catch (CharacterCodingException e) {
            skipped.add(name + ": not UTF-8 text");
        } catch (IOException e) {
            skipped.add(name + ": cannot be read");
        }
    }

    private void lines(Path file, String name, List<Errand> concerned) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            String line = reader.readLine();
            String begun = "";
            boolean cut = false;
            for (int number = 1; line != null && !isFull(); number++) {
                // A regular expression on a line without an end might never end itself.
                String bounded = bounded(line);
                if (line.length() > LINE && !cut) {
                    cut = true;
                    skipped.add(name + ":" + number + ": what is behind the first " + LINE
                            + " characters, as in other long lines");
                }
                String whole = bounded(begun + bounded);
                for (Errand errand : concerned) {
                    // What began in an earlier line was found there, if it was whole there.
                    if (errand.isIn(bounded) || errand.isIn(whole) && !errand.isIn(begun)) {
                        findings.add(new Finding(name, number, shown(bounded), errand));
                    }
                }
                begun = whole.endsWith(CONTINUED) ? whole.substring(0, whole.length() - 1) + " " : "";
                line = reader.readLine();
            }
        }
    }

    private static String bounded(String line) {
        return line.length() > LINE ? line.substring(0, LINE) : line;
    }

    private static boolean isText(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(SNIFFED), StandardCharsets.ISO_8859_1);
            return head.indexOf('\0') < 0;
        }
    }

    private static String shown(String line) {
        String text = Secrecy.scrubbed(line.strip());
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /**
     * What was found.
     *
     * @param files how many were looked into
     * @param skipped files that were not, and why; binary ones are not listed
     */
    public record Scanned(List<Finding> findings, int files, List<String> skipped) {}

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Path base;

        private Visitor(Path base) {
            this.base = base;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean skip = !directory.equals(base)
                    && SKIPPED.contains(directory.getFileName().toString());
            if (skip) {
                skipped.add(directory + ": another tool's");
            }
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                file(file, file.toString(), attributes.size());
            } else if (attributes.isSymbolicLink()) {
                skipped.add(file + ": a link; name what it leads to as well, if that is to be looked into");
            }
            if (isFull()) {
                skipped.add("everything after " + file + ": the limit of " + FILES + " files or " + FINDINGS
                        + " findings is reached");
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(base)) {
                throw e;
            }
            skipped.add(file + ": cannot be read");
            return FileVisitResult.CONTINUE;
        }
    }
}
