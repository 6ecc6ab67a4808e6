package io.heatwire.ops.demo.report;

import java.util.Map;

/**
 * A stream entry as the report needs it.
 *
 * @param ms the time Redis stamped on it
 */
public record Entry(long ms, Map<String, String> fields) {

    String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
