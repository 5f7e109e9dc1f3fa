package io.upstep.planner.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says in words of recipes what a JSON Schema has found. */
record SchemaFaults(YamlDocument document, JsonNode schema) {
    /** They say only that none of several forms fits; what is said of the forms is more use. */
    private static final Set<String> ALTERNATIVES = Set.of("oneOf", "anyOf", "allOf", "$ref", "if", "then", "else");

    private static final int SHOWN = 60;

    List<RecipeProblem> of(List<Error> errors) {
        List<Error> telling =
                errors.stream().filter(error -> tells(error, errors)).toList();
        return telling.stream()
                .map(this::problem)
                .distinct()
                .sorted(Comparator.comparingInt(RecipeProblem::line).thenComparingInt(RecipeProblem::column))
                .toList();
    }

    private boolean tells(Error error, List<Error> all) {
        String at = pointer(error);
        if (ALTERNATIVES.contains(error.getKeyword())) {
            return all.stream().noneMatch(other -> isBelow(at, other) || isTheFittingForm(at, other));
        }
        if (error.getKeyword().equals("const")) {
            return all.stream()
                    .noneMatch(other -> other != error && pointer(other).equals(at));
        }
        // Of a form that is for another type nothing needs to be known.
        boolean otherForm = error.getKeyword().equals("type")
                && all.stream()
                        .anyMatch(other -> ALTERNATIVES.contains(other.getKeyword())
                                && pointer(other).equals(at));
        return !otherForm;
    }

    private static boolean isBelow(String at, Error other) {
        return pointer(other).startsWith(at + "/") && !ALTERNATIVES.contains(other.getKeyword());
    }

    private static boolean isTheFittingForm(String at, Error other) {
        return pointer(other).equals(at)
                && !other.getKeyword().equals("type")
                && !ALTERNATIVES.contains(other.getKeyword());
    }

    private RecipeProblem problem(Error error) {
        String at = pointer(error);
        return switch (error.getKeyword()) {
            case "additionalProperties" ->
                document.problemWithKey(at + "/" + Pointers.escaped(error.getProperty()), unknownKey(error));
            case "required" -> document.problem(at, missingKey(error));
            case "type" -> document.problem(at, wrongType(error, at));
            case "propertyNames" -> document.problem(at, wrongValue(error));
            default -> document.problem(at, wrongValue(error));
        };
    }

    private Fault unknownKey(Error error) {
        Set<String> known = new TreeSet<>();
        holder(error).path("properties").fieldNames().forEachRemaining(known::add);
        return new Fault(
                FaultCode.UNKNOWN_KEY,
                known.isEmpty() ? "no such key" : "one of the keys " + String.join(", ", known),
                "'" + error.getProperty() + "'",
                Suggestion.or(error.getProperty(), known, "rename it or leave it out"));
    }

    private Fault missingKey(Error error) {
        String key = error.getProperty();
        String means =
                holder(error).path("properties").path(key).path("description").asText("");
        return new Fault(
                FaultCode.MISSING_KEY,
                "the key '" + key + "'" + (means.isEmpty() ? "" : " (" + withoutStop(means) + ")"),
                "none",
                "add '" + key + ": ...'");
    }

    private Fault wrongType(Error error, String at) {
        JsonNode value = error.getInstanceNode();
        Optional<String> spelt = document.plain(at);
        boolean needsQuotes = spelt.isPresent()
                && (value.isNumber() || value.isBoolean())
                && holder(error).path("type").toString().contains("string");
        return new Fault(
                FaultCode.WRONG_TYPE,
                types(holder(error).path("type")) + described(error),
                shown(value) + (needsQuotes && !spelt.get().equals(value.asText()) ? ", written " + spelt.get() : ""),
                needsQuotes
                        ? "put it in quotes: \"" + spelt.get() + "\"; without them YAML reads "
                                + (value.isNumber() ? "a number, in which 1.20 is 1.2" : "true or false")
                        : "correct the value");
    }

    private Fault wrongValue(Error error) {
        JsonNode value = error.getInstanceNode();
        JsonNode holder = holder(error);
        if (error.getKeyword().equals("enum")) {
            Set<String> allowed = new TreeSet<>();
            holder.path("enum").forEach(one -> allowed.add(one.asText()));
            return new Fault(
                    FaultCode.WRONG_VALUE,
                    "one of " + String.join(", ", allowed),
                    shown(value),
                    Suggestion.or(value.asText(), allowed, "choose one of them"));
        }
        boolean told = error.getKeyword().equals("pattern")
                && !holder.path("description").asText("").isEmpty();
        return new Fault(
                FaultCode.WRONG_VALUE,
                told
                        ? inside(holder.path("description").asText())
                        : bound(error, holder.path(error.getKeyword())) + described(error),
                shown(value),
                "correct the value");
    }

    private static String bound(Error error, JsonNode limit) {
        return switch (error.getKeyword()) {
            case "minItems" -> "at least " + limit + " of them";
            case "minLength" -> "a text that is not empty";
            case "maxLength" -> "at most " + limit + " characters";
            case "minimum" -> "at least " + limit;
            case "maximum" -> "at most " + limit;
            case "minProperties" -> "at least " + limit + " of its keys";
            case "maxProperties" -> "at most " + limit + " of its keys";
            case "uniqueItems" -> "nothing twice";
            case "const" -> "'" + limit.asText() + "'";
            case "pattern" -> "a text matching " + limit.asText();
            default -> error.getMessage();
        };
    }

    private String described(Error error) {
        String description = holder(error).path("description").asText("");
        return description.isEmpty() ? "" : " (" + withoutStop(description) + ")";
    }

    /** The part of the schema that says what does not hold. */
    private JsonNode holder(Error error) {
        String pointer = error.getSchemaLocation().getFragment().toString();
        int last = pointer.lastIndexOf('/');
        return last < 0 ? schema : schema.at(pointer.substring(0, last));
    }

    private static String types(JsonNode type) {
        List<String> words = new ArrayList<>();
        (type.isArray() ? type : List.of(type)).forEach(one -> words.add(word(((JsonNode) one).asText())));
        return String.join(" or ", words);
    }

    private static String word(String type) {
        return switch (type) {
            case "string" -> "a text";
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            default -> "a " + type;
        };
    }

    private static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> value.isEmpty() ? "an empty list" : "a list";
            case STRING -> "'" + shortened(value.textValue()) + "'";
            case NULL -> "nothing";
            case NUMBER -> "the number " + value.asText();
            default -> value.asText();
        };
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** As the part of a longer sentence. */
    private static String inside(String sentence) {
        boolean abbreviation = sentence.length() > 1 && Character.isUpperCase(sentence.charAt(1));
        String stopped = withoutStop(sentence);
        return abbreviation ? stopped : Character.toLowerCase(stopped.charAt(0)) + stopped.substring(1);
    }

    private static String pointer(Error error) {
        return error.getInstanceLocation().toString();
    }
}
