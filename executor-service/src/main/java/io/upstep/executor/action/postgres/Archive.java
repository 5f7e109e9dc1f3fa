package io.upstep.executor.action.postgres;

import io.upstep.executor.action.ActionException;
import io.upstep.executor.action.StepContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What pg_restore tells of a file without restoring it. */
final class Archive {
    private static final Pattern VALUE =
            Pattern.compile("(?m)^SELECT pg_catalog\\.setval\\('((?:[^']|'')+)', (-?\\d+), (true|false)\\);$");
    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\".]+)");
    private static final String VALUES = " SEQUENCE SET ";

    private final PostgresTools.Tool tool;
    private final Path file;
    private final StepContext context;

    Archive(PostgresTools.Tool tool, Path file, StepContext context) {
        this.tool = tool;
        this.file = file;
        this.context = context;
    }

    /** Its table of contents, one line an item. */
    List<String> items() {
        return run(List.of("--list", file.toString()))
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(";"))
                .toList();
    }

    /** The values to which it will set sequences: what they were when the tool came by, which belongs to no snapshot. */
    Map<String, Long> sequences() {
        List<String> items =
                items().stream().filter(item -> item.contains(VALUES)).toList();
        Map<String, Long> found = new TreeMap<>();
        if (items.isEmpty()) {
            return found;
        }
        Matcher value = VALUE.matcher(sql(items));
        while (value.find()) {
            found.put(
                    plain(value.group(1).replace("''", "'")),
                    "true".equals(value.group(3)) ? Long.valueOf(value.group(2)) : null);
        }
        return found;
    }

    private String sql(List<String> items) {
        try {
            Path list = Files.createTempFile("upstep-items", ".txt");
            try {
                Files.write(list, items);
                return run(List.of("--use-list=" + list, "--file=-", file.toString()));
            } finally {
                Files.delete(list);
            }
        } catch (IOException e) {
            throw BackupFile.failure(e);
        }
    }

    /** {@code "Odd Names".counter} without its quotes. */
    private static String plain(String name) {
        return NAME.matcher(name)
                .results()
                .map(part ->
                        part.group(1) == null ? part.group(2) : part.group(1).replace("\"\"", "\""))
                .collect(Collectors.joining("."));
    }

    private String run(List<String> arguments) {
        ToolOutput said = new ToolOutput();
        StringBuffer text = new StringBuffer();
        List<String> command = new ArrayList<>(List.of(tool.path().toString()));
        command.addAll(arguments);
        try (ToolRun run = ToolRun.start(
                command,
                ToolEnvironment.none(),
                nothing -> {},
                output -> text.append(new String(output.readAllBytes(), StandardCharsets.UTF_8)),
                said)) {
            if (!run.await(context, () -> {})) {
                throw said.error() == null
                        ? said.failure("backup-failed", "pg_restore: ")
                        : ActionException.permanent(
                                "backup-damaged", "expected " + file + " to be an archive of pg_dump: " + said.error());
            }
            return text.toString();
        } catch (IOException e) {
            throw BackupFile.failure(e);
        }
    }
}
