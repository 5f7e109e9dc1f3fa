package io.upstep.simulator.protobuf;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Turns the envelope in which Kubernetes' clients send protobuf into the object they would have sent as JSON. */
public final class Protobuf {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int TYPE = 1;
    private static final int RAW = 2;
    private static final int API_VERSION = 1;
    private static final int KIND = 2;

    private Protobuf() {}

    /** Nothing when the object is of a kind that cannot be read in this form. */
    public static Optional<ObjectNode> read(byte[] body) throws IOException {
        if (body.length < MAGIC.length || Arrays.mismatch(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length) >= 0) {
            throw new IOException("expected 6b 38 73 00 at the beginning, came something else");
        }
        CodedInputStream in = CodedInputStream.newInstance(body, MAGIC.length, body.length - MAGIC.length);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        byte[] raw = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case TYPE -> type(in.readBytes().newCodedInput(), object);
                case RAW -> raw = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        String kind = object.path("kind").asText();
        return Messages.knows(kind) ? Optional.of(Decoder.decode(kind, raw, object)) : Optional.empty();
    }

    private static void type(CodedInputStream in, ObjectNode object) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case API_VERSION -> object.put("apiVersion", in.readString());
                case KIND -> object.put("kind", in.readString());
                default -> in.skipField(tag);
            }
        }
    }
}
