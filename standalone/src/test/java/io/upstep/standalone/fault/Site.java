package io.upstep.standalone.fault;

/** A small shop that is upgraded again and again, in a namespace of its own. */
final class Site {
    static final String PLATFORM = "shop";
    static final String RELEASE = "web";

    private final String namespace;
    private String plan;
    private String key;
    private boolean automatic;
    private int version;
    private String think = "PT1.5S";

    Site(String namespace) {
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }

    /** Makes the step of that name take so long. */
    Site thinking(String duration) {
        think = duration;
        return this;
    }

    /** The plan submitted last; null before the first one was accepted. */
    String plan() {
        return plan;
    }

    /** What the last plan was to reach. */
    String target() {
        return "1." + version + ".0";
    }

    /** The objects it begins with. */
    String objects() {
        return """
            apiVersion: v1
            kind: Namespace
            metadata: { name: %1$s }
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: %1$s
              labels: { app: web }
            spec:
              replicas: 2
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  containers: [ { name: web, image: "registry.example/web:1.0.0" } ]
            """.formatted(namespace);
    }

    /** A submission that is the same until it was accepted. */
    String submission() {
        return """
            {"platform": "%s", "target": "%s", "start": "%s",
             "parameters": {"think": "%s"}, "installation": {"cluster": "local", "namespace": "%s", "release": "%s"}}""".formatted(PLATFORM, target(), automatic ? "automatic" : "manual", think, namespace, RELEASE);
    }

    /** The idempotency key of the submission that nobody has accepted yet; null if there is none. */
    String key() {
        return key;
    }

    /** Begins a new submission. */
    void next(String newKey, boolean startsByItself) {
        key = newKey;
        automatic = startsByItself;
        version++;
    }

    void accepted(String id) {
        plan = id;
        key = null;
    }
}
