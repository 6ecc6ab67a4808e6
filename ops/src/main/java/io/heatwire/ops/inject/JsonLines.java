package io.heatwire.ops.inject;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Entries as JSON lines: one flat object in each line; numbers stay as they are written. */
public final class JsonLines {

    private JsonLines() {}

    /**
     * Reads all lines; empty ones are passed over.
     *
     * @throws IllegalArgumentException when a line is no flat object of at least one field; the message says which and why
     */
    public static List<Map<String, String>> read(List<String> lines) {
        List<Map<String, String>> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                entries.add(entry(lines.get(i), i + 1));
            }
        }
        return entries;
    }

    private static Map<String, String> entry(String line, int number) {
        Object read;
        try {
            // JSON is YAML; without a schema every scalar stays the text it was written as.
            read = new Load(LoadSettings.builder()
                            .setSchema(new FailsafeSchema())
                            .build())
                    .loadFromString(line);
        } catch (YamlEngineException | StackOverflowError malformed) {
            throw new IllegalArgumentException("line " + number + " is not JSON", malformed);
        }
        if (!(read instanceof Map<?, ?> fields)
                || fields.isEmpty()
                || !line.strip().startsWith("{")) {
            throw new IllegalArgumentException(
                    "line " + number + " is not an object with fields; write {\"plan_id\": \"...\", ...}");
        }
        Map<String, String> entry = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (!(value instanceof String text)) {
                throw new IllegalArgumentException(
                        "line " + number + ": the field " + name + " is nested; the fields of an entry are texts");
            }
            entry.put(String.valueOf(name), text);
        });
        return entry;
    }
}
