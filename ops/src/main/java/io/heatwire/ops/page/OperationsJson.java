package io.heatwire.ops.page;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.http.JsonText;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.LedgerException;
import io.heatwire.ops.ledger.LedgerTail;
import io.heatwire.ops.ledger.LedgerText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest operations of the ledger. What people wrote as their reason may be anything: it is escaped and cut. */
final class OperationsJson {

    private static final int NEWEST = 20;
    private static final int DETAILS = 5;
    private static final int BYTES = 300;

    private OperationsJson() {}

    /** Reads the end of the file; waits for the disk. That there is none, or none that can be read, is said and is no failure. */
    static String read(Optional<Ledger> ledger) {
        try {
            return ledger.map(known -> json(known.newest(NEWEST)))
                    .orElseGet(() ->
                            json(List.of(), List.of("this engine knows of no ledger: HEATWIRE_LEDGER names one")));
        } catch (LedgerException unreadable) {
            return json(List.of(), List.of(shown(String.valueOf(unreadable.getMessage()))));
        }
    }

    private static String json(LedgerTail tail) {
        List<String> notes = new ArrayList<>();
        if (tail.isTorn()) {
            notes.add("the last line is not complete: it is being written, or was torn off");
        }
        if (tail.damaged() > 0) {
            notes.add(tail.damaged()
                    + " of the last lines are damaged or no entries, and left out: heatwire ledger show names them");
        }
        if (!tail.isAll()) {
            notes.add("there are older ones: heatwire ledger show");
        } else if (tail.operations().isEmpty() && notes.isEmpty()) {
            notes.add("none yet");
        }
        return json(tail.operations().stream().map(OperationsJson::operation).toList(), notes);
    }

    private static String json(List<Map<String, Object>> operations, List<String> notes) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("operations", operations);
        values.put("notes", notes);
        return JsonText.of(values);
    }

    private static Map<String, Object> operation(LedgerEntry entry) {
        boolean isOpen = entry.result().equals(LedgerEntry.BEGUN);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("at_ms", entry.time().toEpochMilli());
        values.put("what", shown(entry.operation() + " " + entry.target()));
        values.put(
                "result",
                isOpen ? "begun, no end is written" : shown(entry.result().replace('_', ' ')));
        values.put("who", shown(entry.who().shown()));
        values.put("why", shown(entry.why()));
        values.put("changes", changes(entry));
        values.put(
                "failed",
                entry.proof().stream()
                        .filter(check -> !check.isGood())
                        .limit(DETAILS)
                        .map(OperationsJson::failed)
                        .toList());
        return values;
    }

    /** What was one thing before and is another now; that the file has another checksum says nothing to anybody. */
    private static List<String> changes(LedgerEntry entry) {
        return entry.before().entrySet().stream()
                .filter(each -> !each.getKey().equals("file_sha256"))
                .filter(each -> entry.after().containsKey(each.getKey()))
                .filter(each -> !each.getValue().equals(entry.after().get(each.getKey())))
                .limit(DETAILS)
                .map(each -> shown(each.getKey() + ": " + each.getValue() + " -> "
                        + entry.after().get(each.getKey())))
                .toList();
    }

    private static String failed(Check check) {
        return shown(LedgerText.line(check).substring("FAIL".length()).strip());
    }

    private static String shown(String text) {
        return Escaped.cut(text.getBytes(StandardCharsets.UTF_8), BYTES);
    }
}
