package io.upstep.standalone;

/** Plans for installations of Polyaxon 1.10.1, each in a namespace of its own. */
final class Installations {
    static final String[] ALL = {"first", "second", "third", "fourth"};

    private static final String WAIVER =
            "{\"restorePoint\": \"database\", \"by\": \"ann\", \"reason\": \"dumped by hand\"}";

    private Installations() {}

    /** The submission that upgrades the Polyaxon of a namespace, at once. */
    static String upgrade(String namespace, String target) {
        return submission("polyaxon-images", "local", namespace, "polyaxon", target, "automatic")
                .replaceFirst("\\{", "{\"waivers\": [" + WAIVER + "], ");
    }

    static String submission(
            String platform, String cluster, String namespace, String release, String target, String start) {
        return """
            {"platform": "%s", "target": "%s", "start": "%s",
             "installation": {"cluster": "%s", "namespace": "%s", "release": "%s"}}""".formatted(platform, target, start, cluster, namespace, release);
    }
}
