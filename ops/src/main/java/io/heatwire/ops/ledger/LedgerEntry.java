package io.heatwire.ops.ledger;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change, or an attempt at one.
 *
 * @param id of the operation; its beginning and its end have the same
 * @param operation the verb, for example {@code mode}
 * @param target what it was done to
 * @param why the reason that was given; empty for none
 * @param before what mattered of the state before, by name
 * @param after the same afterwards
 * @param proof what was looked at
 * @param result one word: {@link #BEGUN}, {@link #DONE} or what went wrong
 */
public record LedgerEntry(
        String id,
        Instant time,
        Who who,
        String operation,
        String target,
        String why,
        Map<String, String> before,
        Map<String, String> after,
        List<Check> proof,
        String result) {

    /** Written before something is changed; when it stays the last word of an operation, that was broken off. */
    public static final String BEGUN = "begun";

    /** The change was made, and seen to have its effect. */
    public static final String DONE = "done";

    /** As it is written. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("time", time.toString());
        fields.put(
                "who", fields("user", who.user(), "sudo_user", who.sudoUser(), "host", who.host(), "tty", who.tty()));
        fields.put("operation", operation);
        fields.put("target", target);
        fields.put("why", why);
        fields.put("before", before);
        fields.put("after", after);
        fields.put("proof", proof.stream().map(LedgerEntry::fields).toList());
        fields.put("result", result);
        return fields;
    }

    private static Map<String, Object> fields(Check check) {
        Map<String, Object> fields = fields("check", check.name(), "expected", check.expected(), "seen", check.seen());
        fields.put("good", check.isGood());
        return fields;
    }

    private static Map<String, Object> fields(String... pairs) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        return fields;
    }

    /**
     * Reads what {@link #fields} wrote.
     *
     * @throws IllegalArgumentException when it is something else
     */
    static LedgerEntry of(Object read) {
        if (!(read instanceof Map<?, ?> fields) || !(fields.get("operation") instanceof String)) {
            throw new IllegalArgumentException("no entry of a ledger");
        }
        Object who = fields.get("who");
        return new LedgerEntry(
                text(fields, "id"),
                time(fields),
                new Who(text(who, "user"), text(who, "sudo_user"), text(who, "host"), text(who, "tty")),
                text(fields, "operation"),
                text(fields, "target"),
                text(fields, "why"),
                texts(fields.get("before")),
                texts(fields.get("after")),
                proof(fields.get("proof")),
                text(fields, "result"));
    }

    private static Instant time(Map<?, ?> fields) {
        try {
            return Instant.parse(text(fields, "time"));
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("no time", malformed);
        }
    }

    private static List<Check> proof(@Nullable Object read) {
        return read instanceof List<?> list
                ? list.stream()
                        .map(each -> new Check(
                                text(each, "check"),
                                text(each, "expected"),
                                text(each, "seen"),
                                text(each, "good").equals("true")))
                        .toList()
                : List.of();
    }

    private static Map<String, String> texts(@Nullable Object read) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (read instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private static String text(@Nullable Object map, String name) {
        Object value = map instanceof Map<?, ?> fields ? fields.get(name) : null;
        return value == null ? "" : String.valueOf(value);
    }
}
