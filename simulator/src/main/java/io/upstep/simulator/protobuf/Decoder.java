package io.upstep.simulator.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Reads one message into the object that JSON would have been. */
final class Decoder {
    private static final int MAP_KEY = 1;
    private static final int MAP_VALUE = 2;
    private static final int SECONDS = 1;

    private Decoder() {}

    static ObjectNode decode(String message, byte[] raw, ObjectNode into) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(raw);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            Optional<Field> field = Messages.field(message, WireFormat.getTagFieldNumber(tag));
            if (field.isPresent() && !field.get().type().equals("ignored")) {
                read(field.get(), in, into);
            } else {
                in.skipField(tag);
            }
        }
        return into;
    }

    private static void read(Field field, CodedInputStream in, ObjectNode into) throws IOException {
        switch (field.shape()) {
            case MAP -> entry(field, in.readBytes().newCodedInput(), into.withObject("/" + field.name()));
            case LIST -> into.withArray("/" + field.name()).add(value(field, in));
            case ONE -> one(field, value(field, in), into);
        }
    }

    /** An empty text, or a time that is not set, is what Go's clients send for what is not there. */
    private static void one(Field field, JsonNode value, ObjectNode into) {
        if (!value.isNull() && !(value.isTextual() && value.textValue().isEmpty())) {
            into.set(field.name(), value);
        }
    }

    private static void entry(Field field, CodedInputStream in, ObjectNode map) throws IOException {
        String key = "";
        JsonNode value = map.textNode("");
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case MAP_KEY -> key = in.readString();
                case MAP_VALUE -> value = value(field, in);
                default -> in.skipField(tag);
            }
        }
        map.set(key, value);
    }

    private static JsonNode value(Field field, CodedInputStream in) throws IOException {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (field.type()) {
            case "text" -> json.textNode(in.readString());
            case "bytes" -> json.textNode(Base64.getEncoder().encodeToString(in.readByteArray()));
            case "int" -> json.numberNode(in.readInt64());
            case "bool" -> json.booleanNode(in.readBool());
            case "time" -> time(in.readBytes().newCodedInput());
            default -> decode(field.type(), in.readByteArray(), json.objectNode());
        };
    }

    private static JsonNode time(CodedInputStream in) throws IOException {
        JsonNode time = JsonNodeFactory.instance.nullNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == SECONDS) {
                time = JsonNodeFactory.instance.textNode(
                        Instant.ofEpochSecond(in.readInt64()).toString());
            } else {
                in.skipField(tag);
            }
        }
        return time;
    }
}
