package io.heatwire.wiring.shape;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.Ends;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.StreamWire.Bound;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the declared streams. */
final class StreamShape {

    private static final long MOST_ENTRIES = 1_000_000_000;
    private static final long KEEP_READ = 10_000;
    private static final Set<String> KEYS = Stream.concat(
                    Stream.of("key", "keep", "trims_unread", "cap", "keep_read", "shared", "loop"),
                    EndsShape.KEYS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private StreamShape() {}

    static List<StreamWire> read(Section streams) {
        List<StreamWire> read = new ArrayList<>();
        for (Node.Entry entry : streams.entries()) {
            Word name = new Word(entry.key().text(), entry.key().place());
            Section stream = Section.of("stream " + name.text(), entry.value(), streams.findings(), KEYS);
            Word key = stream.required("key");
            Bound bound = bound(stream);
            boolean trimsUnread = stream.flag("trims_unread", false);
            Ends ends = EndsShape.read(stream);
            boolean isShared = stream.flag("shared", false);
            boolean isLoop = stream.flag("loop", false);
            if (!key.isMissing()) {
                read.add(new StreamWire(name, key, bound, ends, trimsUnread, isShared, isLoop));
            }
        }
        return List.copyOf(read);
    }

    private static Bound bound(Section stream) {
        Findings findings = stream.findings();
        if (stream.has("keep") && stream.has("cap")) {
            findings.add(
                    ProblemCode.ONE_OF_TWO,
                    stream.placeOf("cap"),
                    stream.title() + " has keep and cap",
                    "keep: N trims and never waits; cap: N makes its writer wait; choose one");
        }
        if (stream.has("keep_read") && !stream.has("cap")) {
            findings.add(
                    ProblemCode.ONE_OF_TWO,
                    stream.placeOf("keep_read"),
                    "keep_read belongs to cap, and " + stream.title() + " has none",
                    "add cap: N, or leave keep_read out");
        }
        if (stream.has("trims_unread") && !stream.has("keep")) {
            findings.add(
                    ProblemCode.ONE_OF_TWO,
                    stream.placeOf("trims_unread"),
                    "trims_unread belongs to keep, and " + stream.title() + " has none",
                    "leave trims_unread out");
        }
        long keep = stream.integer("keep", 1, MOST_ENTRIES, MOST_ENTRIES);
        long cap = stream.integer("cap", 1, MOST_ENTRIES, MOST_ENTRIES);
        long keepRead = stream.integer("keep_read", 0, MOST_ENTRIES, Math.min(KEEP_READ, cap));
        if (stream.has("cap") && keepRead > cap) {
            findings.add(
                    ProblemCode.BAD_VALUE,
                    stream.placeOf("keep_read"),
                    "keep_read " + keepRead + " is more than cap " + cap,
                    "write a smaller keep_read");
        }
        if (stream.has("cap")) {
            return new Bound.Cap(cap, keepRead);
        }
        return stream.has("keep") ? new Bound.Keep(keep) : new Bound.None();
    }
}
