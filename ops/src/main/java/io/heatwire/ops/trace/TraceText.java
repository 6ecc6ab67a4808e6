package io.heatwire.ops.trace;

import io.heatwire.ops.dead.Escaped;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A timeline for the terminal. */
final class TraceText {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LONGEST = 200;

    private TraceText() {}

    static void print(PrintWriter out, Evidence evidence, List<Step> steps, Verdict verdict) {
        long before = -1;
        for (Step step : steps) {
            String since = before < 0 || step.atMs() < 0 ? "" : "+" + (step.atMs() - before) + " ms";
            out.println(String.format(
                            Locale.ROOT,
                            "%-23s  %12s  %s  %s",
                            time(step.atMs()),
                            since,
                            safe(step.what()),
                            safe(step.where()))
                    .stripTrailing());
            before = step.atMs() < 0 ? before : step.atMs();
        }
        evidence.stands().forEach(stand -> out.println("  " + stand(stand)));
        evidence.streams().forEach(stream -> looked(out, evidence, stream));
        evidence.keys().stream()
                .filter(key -> evidence.isNothing())
                .forEach(key -> out.println("  looked at key " + safe(key.key()) + ": not there"));
        out.println(Escaped.cut(verdict.sentence().getBytes(StandardCharsets.UTF_8), 10 * LONGEST));
    }

    private static String time(long ms) {
        try {
            return ms < 0 ? "-" : TIME.format(Instant.ofEpochMilli(ms));
        } catch (DateTimeException beyond) {
            return "-";
        }
    }

    private static String safe(String text) {
        return Escaped.cut(text.getBytes(StandardCharsets.UTF_8), 2 * LONGEST);
    }

    private static String stand(Stand stand) {
        return safe(
                stand.stage() + " at " + stand.stream() + " " + stand.entry().id() + ": " + word(stand));
    }

    private static String word(Stand stand) {
        if (stand.letter().isPresent()) {
            return "dead letter";
        }
        if (stand.group().isEmpty()) {
            return "no group " + stand.groupName();
        }
        return stand.pending()
                .map(pending -> "pending with " + pending.consumer() + ", " + pending.deliveries()
                        + " deliveries, idle " + pending.idleMs() / 1000 + " s")
                .orElse(stand.isGiven() ? "read and settled" : "not delivered yet");
    }

    private static void looked(PrintWriter out, Evidence evidence, StreamFound stream) {
        boolean isAbsent = stream.type().equals("none");
        boolean isWrong = !isAbsent && !stream.type().equals("stream");
        if (isWrong || stream.isCutShort() || (evidence.isNothing() && !(isAbsent && stream.isOfDead()))) {
            String state = isWrong || isAbsent
                    ? isAbsent ? "is not there" : "is a " + stream.type() + ", not a stream"
                    : stream.scanned() + " entries looked at"
                            + (stream.isCutShort() ? "; stopped there, --scan looks further" : "");
            out.println("  " + safe(stream.name() + ": " + state));
        }
    }
}
