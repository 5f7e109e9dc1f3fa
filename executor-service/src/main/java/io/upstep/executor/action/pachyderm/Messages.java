package io.upstep.executor.action.pachyderm;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.upstep.executor.action.ActionException;
import java.util.List;

/** The few messages that are needed, written and read by their field numbers. */
final class Messages {
    private static final int LAST = 64;

    private Messages() {}

    static UnknownFieldSet read(byte[] message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw damaged();
        }
    }

    static UnknownFieldSet read(ByteString message) {
        try {
            return UnknownFieldSet.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw damaged();
        }
    }

    private static ActionException damaged() {
        return ActionException.permanent(
                "protocol-error", "expected a message as pachd 1.x writes it, came something else");
    }

    /** The messages in a field that may be there more than once. */
    static List<UnknownFieldSet> all(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(Messages::read)
                .toList();
    }

    /** The message there; an empty one if there is none, as proto3 has it. */
    static UnknownFieldSet child(UnknownFieldSet message, int field) {
        List<UnknownFieldSet> all = all(message, field);
        return all.isEmpty() ? UnknownFieldSet.getDefaultInstance() : all.get(all.size() - 1);
    }

    static String text(UnknownFieldSet message, int field) {
        List<ByteString> all = message.getField(field).getLengthDelimitedList();
        return all.isEmpty() ? "" : all.get(all.size() - 1).toStringUtf8();
    }

    static long number(UnknownFieldSet message, int field) {
        List<Long> all = message.getField(field).getVarintList();
        return all.isEmpty() ? 0 : all.get(all.size() - 1);
    }

    /** The number of the one field that is set; 0 if there is none. */
    static int onlyField(UnknownFieldSet message) {
        for (int field = 1; field <= LAST; field++) {
            if (message.hasField(field)) {
                return field;
            }
        }
        return 0;
    }

    /** A message with another in one field. */
    static byte[] around(int field, byte[] inner) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        field,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(inner))
                                .build())
                .build()
                .toByteArray();
    }

    static byte[] around(int field, String text) {
        return around(field, ByteString.copyFromUtf8(text).toByteArray());
    }

    static byte[] flag(int field) {
        return UnknownFieldSet.newBuilder()
                .addField(field, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build()
                .toByteArray();
    }
}
