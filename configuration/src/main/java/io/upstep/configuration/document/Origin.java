package io.upstep.configuration.document;

import com.fasterxml.jackson.databind.JsonNode;

/** A value of the old document: where it stood, and what it was. Two are the same only if they are one. */
public final class Origin {
    private final Path path;
    private final int line;
    private final JsonNode value;
    private boolean secret;

    Origin(Path path, int line, JsonNode value, boolean secret) {
        this.path = path;
        this.line = line;
        this.value = value;
        this.secret = secret;
    }

    public Path path() {
        return path;
    }

    /** Counts from 1. */
    public int line() {
        return line;
    }

    public JsonNode value() {
        return value;
    }

    void hide() {
        secret = true;
    }

    public boolean isSecret() {
        return secret;
    }
}
