package io.heatwire.wiring.live;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads replies: whatever a server answers, none of this fails. */
final class Replies {

    private Replies() {}

    static List<?> list(Object reply) {
        return reply instanceof List<?> list ? list : List.of();
    }

    /** Names and values in turn. */
    static Map<String, Object> pairs(Object reply) {
        List<?> flat = list(reply);
        Map<String, Object> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            Object value = flat.get(i + 1);
            pairs.put(String.valueOf(flat.get(i)), value == null ? "" : value);
        }
        return pairs;
    }

    static long number(Object value) {
        return value instanceof Long number ? number : number(String.valueOf(value));
    }

    /** 0 for what is no whole number. */
    static long number(String text) {
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** The time in an id, in ms; 0 for what is none. */
    static long msOf(Object id) {
        return number(String.valueOf(id).split("-", 2)[0]);
    }

    /** A line {@code name:value} of INFO. */
    static Optional<String> info(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
