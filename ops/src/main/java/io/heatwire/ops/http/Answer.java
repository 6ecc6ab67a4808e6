package io.heatwire.ops.http;

import java.util.HashMap;
import java.util.Map;

/**
 * What a page answers.
 *
 * @param headers instead of those that every answer has, by names in small letters
 */
public record Answer(int status, String contentType, String body, Map<String, String> headers) {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";

    Answer(int status, String contentType, String body) {
        this(status, contentType, body, Map.of());
    }

    /** One line. */
    public static Answer text(int status, String line) {
        return new Answer(status, TEXT, line + "\n");
    }

    /** JSON. */
    public static Answer json(int status, String json) {
        return new Answer(status, JSON, json + "\n");
    }

    /** The same with one more header. */
    public Answer with(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, contentType, body, Map.copyOf(more));
    }
}
