package io.heatwire.operators.heatobserver;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A flat JSON object of texts that never grows beyond its limit and is valid JSON at any length: what does not fit is cut at the
 * end of a character and ends in three dots, and what follows it is left out.
 */
final class DebugJson {

    /** The shortest limit that leaves room for a valid object. */
    static final int SHORTEST = 2;

    private static final String CUT = "...";

    private final int limit;
    private final Map<String, String> members = new LinkedHashMap<>();

    DebugJson(int limit) {
        this.limit = limit;
    }

    /** Adds a member; it is shown if there is room for at least a part of its value. */
    DebugJson add(String name, String value) {
        members.put(name, value);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder json = new StringBuilder("{");
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (!write(member.getKey(), member.getValue(), json)) {
                break;
            }
        }
        return json + "}";
    }

    /** Writes the member, cut when it must be, and returns whether there may be room for another. */
    private boolean write(String name, String value, StringBuilder json) {
        String head = (json.length() > 1 ? ", " : "") + '"' + escaped(name) + "\": \"";
        // Behind the value come the closing quote and the closing brace.
        int room = limit - json.length() - head.length() - 2;
        String text = escaped(value);
        boolean fits = text.length() <= room;
        if (fits) {
            json.append(head).append(text).append('"');
        } else if (room > CUT.length()) {
            json.append(head)
                    .append(start(value, room - CUT.length()))
                    .append(CUT)
                    .append('"');
        }
        return fits;
    }

    private static String start(String value, int room) {
        StringBuilder start = new StringBuilder(room);
        for (int i = 0; i < value.length(); ) {
            int character = value.codePointAt(i);
            String text = escaped(Character.toString(character));
            if (start.length() + text.length() > room) {
                break;
            }
            start.append(text);
            i += Character.charCount(character);
        }
        return start.toString();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i), escaped);
        }
        return escaped.toString();
    }

    private static void escape(char c, StringBuilder to) {
        switch (c) {
            case '"' -> to.append("\\\"");
            case '\\' -> to.append("\\\\");
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            case '\b' -> to.append("\\b");
            case '\f' -> to.append("\\f");
            default -> {
                if (c < ' ' || c > '~') {
                    to.append(String.format("\\u%04x", (int) c));
                } else {
                    to.append(c);
                }
            }
        }
    }
}
