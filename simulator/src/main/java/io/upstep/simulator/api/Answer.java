package io.upstep.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;

/** What the API server answers: a code and a text of some type. */
public record Answer(int code, String contentType, String text) {
    private static final String JSON = "application/json";

    public static Answer json(JsonNode body) {
        return json(200, body);
    }

    public static Answer json(int code, JsonNode body) {
        return new Answer(code, JSON, body.toString());
    }

    public static Answer text(String text) {
        return new Answer(200, "text/plain; charset=utf-8", text);
    }
}
