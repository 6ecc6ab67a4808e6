package io.heatwire.ops.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a wiring with references to variables. Works on lines, so that every comment and every blank of the wiring stays
 * where it is.
 */
final class Template {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:?-[^}]*)?}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/]([A-Za-z0-9_./:,${}-]*[A-Za-z0-9_./,$}])?");
    private static final Set<String> NOTHING = Set.of("null", "Null", "NULL");

    private final List<String> lines;

    Template(String text) {
        this.lines = List.of(text.split("\n", -1));
    }

    /** All names it refers to. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (int line = 0; line < lines.size(); line++) {
            names.addAll(namesIn(line));
        }
        return names;
    }

    /** The names a line refers to, from 0. */
    List<String> namesIn(int line) {
        List<String> names = new ArrayList<>();
        if (!isComment(lines.get(line))) {
            Matcher reference = REFERENCE.matcher(lines.get(line));
            while (reference.find()) {
                names.add(reference.group(1));
            }
        }
        return names;
    }

    int size() {
        return lines.size();
    }

    /** The text with these values in place of the references; the others stay. As many lines as the template. */
    String fill(Map<String, String> values) {
        return String.join("\n", lines.stream().map(line -> fill(line, values)).toList());
    }

    private static String fill(String line, Map<String, String> values) {
        if (isComment(line)) {
            return line;
        }
        StringBuilder filled = new StringBuilder();
        int from = 0;
        Matcher reference = REFERENCE.matcher(line);
        while (reference.find()) {
            String value = values.get(reference.group(1));
            if (value == null || (value.isEmpty() && isDefaultWhenEmpty(reference))) {
                continue;
            }
            if (!isInQuotes(line, reference.start())) {
                return plain(line, values);
            }
            filled.append(line, from, reference.start()).append(escaped(value));
            from = reference.end();
        }
        return filled.append(line.substring(from)).toString();
    }

    private static boolean isDefaultWhenEmpty(Matcher reference) {
        String rest = reference.group(2);
        return rest == null || rest.startsWith(":-");
    }

    /** A line whose one value has no quotes; it gets some when it needs them. */
    private static String plain(String line, Map<String, String> values) {
        int start = line.indexOf(": ") + 2;
        int comment = line.indexOf(" #", start);
        String value = line.substring(start, comment < 0 ? line.length() : comment);
        Matcher reference = REFERENCE.matcher(value.strip());
        StringBuilder text = new StringBuilder();
        while (reference.find()) {
            String given = values.getOrDefault(reference.group(1), "");
            boolean stays =
                    !values.containsKey(reference.group(1)) || (given.isEmpty() && isDefaultWhenEmpty(reference));
            String instead = stays ? reference.group() : given.replace("$", "$$");
            reference.appendReplacement(text, Matcher.quoteReplacement(instead));
        }
        reference.appendTail(text);
        String shown = isPlain(text.toString()) ? text.toString() : '"' + yaml(text.toString()) + '"';
        String behind =
                comment < 0 ? "" : line.substring(start + value.stripTrailing().length());
        return line.substring(0, start) + shown + behind;
    }

    private static boolean isPlain(String text) {
        return PLAIN.matcher(text).matches() && !NOTHING.contains(text);
    }

    private static String escaped(String value) {
        return yaml(value.replace("$", "$$"));
    }

    /** As it stands between double quotes. */
    private static String yaml(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f) {
                escaped.append(String.format("\\x%02x", c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    private static boolean isInQuotes(String line, int at) {
        return line.substring(0, at).chars().filter(c -> c == '"').count() % 2 == 1;
    }
}
