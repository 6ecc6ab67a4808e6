package io.heatwire.ops.ledger;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.http.JsonText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries as lines for people. Whatever is in them moves no cursor. */
public final class LedgerText {

    private LedgerText() {}

    /** One entry: a line, and below it why, what changed, and each check. */
    public static List<String> lines(LedgerEntry entry) {
        String head = entry.time() + "  " + entry.operation() + " " + entry.target() + "  " + word(entry) + "  by "
                + entry.who().shown();
        Stream<String> why = entry.why().isEmpty() ? Stream.empty() : Stream.of("    why: " + entry.why());
        Stream<String> change = change(entry.before(), entry.after()).stream();
        Stream<String> proof = entry.proof().stream().map(check -> "    " + line(check));
        return Stream.of(Stream.of(head), why, change, proof)
                .flatMap(lines -> lines)
                .map(Escaped::plain)
                .toList();
    }

    private static String word(LedgerEntry entry) {
        return entry.result().equals(LedgerEntry.BEGUN) ? "begun, and never ended" : entry.result();
    }

    /** One check. */
    public static String line(Check check) {
        return (check.isGood() ? "ok    " : "FAIL  ") + check.name() + ": " + check.seen()
                + (check.isGood() ? "" : "; expected " + check.expected());
    }

    private static List<String> change(Map<String, String> before, Map<String, String> after) {
        return Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .map(name -> line(name, before.get(name), after.get(name)))
                .collect(Collectors.toList());
    }

    private static String line(String name, @Nullable String before, @Nullable String after) {
        if (before == null || before.equals(after)) {
            return "    " + name + ": " + after;
        }
        return "    " + name + ": " + before + " -> " + (after == null ? "?" : after);
    }

    /** One entry as one line of JSON, as it is in the file. */
    public static String json(LedgerEntry entry) {
        return JsonText.of(entry.fields());
    }
}
