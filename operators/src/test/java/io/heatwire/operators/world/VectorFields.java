package io.heatwire.operators.world;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields as the golden vectors write them: texts in wire order, bytes that are not UTF-8 as an object. */
public final class VectorFields {

    private VectorFields() {}

    /** Whether every value is text; what is not UTF-8 never reaches an operator. */
    public static boolean areText(JsonObject fields) {
        return fields.entrySet().stream().allMatch(field -> field.getValue().isJsonPrimitive());
    }

    /** The fields in their order. */
    public static Map<String, String> of(JsonObject json) {
        Map<String, String> fields = new LinkedHashMap<>();
        json.entrySet()
                .forEach(field -> fields.put(field.getKey(), field.getValue().getAsString()));
        return fields;
    }

    /** The objects of an array member; none when it is absent or something else. */
    public static List<JsonObject> objects(JsonObject owner, String name) {
        JsonElement member = owner.get(name);
        return member == null || !member.isJsonArray()
                ? List.of()
                : member.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .toList();
    }

    /** A list of Redis commands. */
    public static List<List<String>> commands(JsonElement list) {
        return list == null
                ? List.of()
                : list.getAsJsonArray().asList().stream()
                        .map(command -> command.getAsJsonArray().asList().stream()
                                .map(JsonElement::getAsString)
                                .toList())
                        .toList();
    }
}
