package io.upstep.executor.action.helm;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Lets a chart's hooks be rendered with everything else, from where the library leaves them out. */
final class Disguise {
    private static final String HOOK = "helm.sh/hook";
    private static final String DISGUISED = "upstep.io/disguised-hook";

    private Disguise() {}

    static Chart on(Chart chart) {
        Map<String, byte[]> files = new TreeMap<>();
        chart.files().forEach((name, content) -> files.put(name, name.endsWith(".tgz") ? content : on(content)));
        return new Chart(files, chart.digest(), chart.notes(), chart.modernize());
    }

    private static byte[] on(byte[] content) {
        // Byte for byte, so that files which are no text stay as they are.
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return text.contains(HOOK) ? text.replace(HOOK, DISGUISED).getBytes(StandardCharsets.ISO_8859_1) : content;
    }

    static String off(String rendered) {
        return rendered.replace(DISGUISED, HOOK);
    }
}
