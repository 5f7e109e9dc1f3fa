package io.upstep.executor.action.kubernetes;

/** Reads kinds as recipes write them: {@code Service}, or {@code apiVersion/Kind} for unusual ones. */
final class KindNames {
    private KindNames() {}

    static Kind resolve(String text, FencedObjects objects) {
        int slash = text.lastIndexOf('/');
        return objects.kind(bare(text), slash < 0 ? null : text.substring(0, slash));
    }

    static String bare(String text) {
        return text.substring(text.lastIndexOf('/') + 1);
    }
}
