package io.upstep.verifier.check.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The scalar types of Protocol Buffers, by the names they have in .proto files; an enum is its number. */
public enum FieldType {
    BOOL,
    INT32,
    INT64,
    UINT32,
    UINT64,
    SINT32,
    SINT64,
    ENUM,
    FIXED32,
    SFIXED32,
    FLOAT,
    FIXED64,
    SFIXED64,
    DOUBLE,
    STRING,
    /** How often the field is there, whatever its type: how many a list has. */
    COUNT;

    /** The field's value, or nothing if what is there cannot be of this type. Of several, the last counts. */
    Optional<JsonNode> read(UnknownFieldSet.Field field) {
        return switch (this) {
            case BOOL -> last(field.getVarintList()).map(raw -> BooleanNode.valueOf(raw != 0));
            case INT32, ENUM -> last(field.getVarintList()).map(raw -> IntNode.valueOf(raw.intValue()));
            case INT64 -> last(field.getVarintList()).map(LongNode::valueOf);
            case UINT32 -> last(field.getVarintList()).map(raw -> unsigned(raw.intValue()));
            case UINT64 -> last(field.getVarintList()).map(FieldType::unsigned);
            case SINT32 ->
                last(field.getVarintList())
                        .map(raw -> IntNode.valueOf(CodedInputStream.decodeZigZag32(raw.intValue())));
            case SINT64 ->
                last(field.getVarintList()).map(raw -> LongNode.valueOf(CodedInputStream.decodeZigZag64(raw)));
            case FIXED32 -> last(field.getFixed32List()).map(FieldType::unsigned);
            case SFIXED32 -> last(field.getFixed32List()).map(IntNode::valueOf);
            case FLOAT -> last(field.getFixed32List()).map(raw -> FloatNode.valueOf(Float.intBitsToFloat(raw)));
            case FIXED64 -> last(field.getFixed64List()).map(FieldType::unsigned);
            case SFIXED64 -> last(field.getFixed64List()).map(LongNode::valueOf);
            case DOUBLE -> last(field.getFixed64List()).map(raw -> DoubleNode.valueOf(Double.longBitsToDouble(raw)));
            case STRING ->
                last(field.getLengthDelimitedList())
                        .filter(ByteString::isValidUtf8)
                        .map(raw -> TextNode.valueOf(raw.toStringUtf8()));
            case COUNT ->
                Optional.of(IntNode.valueOf(field.getVarintList().size()
                        + field.getFixed32List().size()
                        + field.getFixed64List().size()
                        + field.getLengthDelimitedList().size()));
        };
    }

    /** The value of a field that is not there, which is how proto3 writes it. */
    JsonNode absent() {
        return switch (this) {
            case BOOL -> BooleanNode.FALSE;
            case STRING -> TextNode.valueOf("");
            default -> IntNode.valueOf(0);
        };
    }

    private static JsonNode unsigned(int raw) {
        return LongNode.valueOf(Integer.toUnsignedLong(raw));
    }

    private static JsonNode unsigned(long raw) {
        return raw >= 0 ? LongNode.valueOf(raw) : BigIntegerNode.valueOf(new BigInteger(Long.toUnsignedString(raw)));
    }

    private static <T> Optional<T> last(List<T> values) {
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }
}
