package io.heatwire.ops.dashboards;

import io.heatwire.ops.http.JsonText;
import java.util.Map;
import java.util.StringJoiner;

/** JSON with a line for each member, so that a change of a generated file can be read. Small things stay on one line. */
final class PrettyJson {

    private static final int LONGEST_LINE = 100;

    private PrettyJson() {}

    static String of(Object value) {
        return of(value, 0) + "\n";
    }

    private static String of(Object value, int depth) {
        String line = JsonText.of(value);
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        String indent = "  ".repeat(depth + 1);
        String end = "\n" + "  ".repeat(depth);
        if (value instanceof Map<?, ?> map) {
            StringJoiner members = new StringJoiner(",\n" + indent, "{\n" + indent, end + "}");
            map.forEach((key, each) -> members.add(JsonText.of(key) + ": " + of(each, depth + 1)));
            return members.toString();
        }
        if (value instanceof Iterable<?> items) {
            StringJoiner members = new StringJoiner(",\n" + indent, "[\n" + indent, end + "]");
            items.forEach(each -> members.add(of(each, depth + 1)));
            return members.toString();
        }
        return line;
    }
}
