package io.upstep.verifier.check.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.UnknownFieldSet;
import io.upstep.verifier.cluster.NoAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A field of a message, as its .proto file declares it.
 *
 * @param field its number
 */
public record Field(Integer field, FieldType type) {
    private static final int LAST = 536_870_911;

    public Field {
        if (field == null || field < 1 || field > LAST || type == null) {
            throw new IllegalArgumentException("expected a 'field' from 1 to " + LAST
                    + " and its 'type', for example {field: 1, type: uint32}, came field " + field + " of type "
                    + type);
        }
    }

    JsonNode in(UnknownFieldSet message) {
        if (!message.hasField(field)) {
            return type.absent();
        }
        UnknownFieldSet.Field found = message.getField(field);
        return type.read(found)
                .orElseThrow(() -> new NoAnswerException("expected field " + field + " of the answer to be of type "
                        + type.name().toLowerCase(Locale.ROOT) + ", came " + wire(found)));
    }

    /** What can be told of a field without knowing its type. */
    private static String wire(UnknownFieldSet.Field field) {
        List<String> kinds = new ArrayList<>();
        tell(kinds, "a variable-length number", field.getVarintList());
        tell(kinds, "32 bits", field.getFixed32List());
        tell(kinds, "64 bits", field.getFixed64List());
        tell(kinds, "bytes", field.getLengthDelimitedList());
        tell(kinds, "a group", field.getGroupList());
        return String.join(" and ", kinds);
    }

    private static void tell(List<String> kinds, String kind, List<?> values) {
        if (!values.isEmpty()) {
            kinds.add(kind);
        }
    }
}
