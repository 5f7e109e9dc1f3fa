package io.upstep.simulator.protobuf;

/**
 * One field of a message.
 *
 * @param type a scalar's word or another message
 */
record Field(String name, String type, Shape shape) {
    enum Shape {
        ONE,
        LIST,
        MAP
    }

    static Field of(String name, String text) {
        if (text.endsWith("[]")) {
            return new Field(name, text.substring(0, text.length() - 2), Shape.LIST);
        }
        return text.endsWith("{}")
                ? new Field(name, text.substring(0, text.length() - 2), Shape.MAP)
                : new Field(name, text, Shape.ONE);
    }
}
