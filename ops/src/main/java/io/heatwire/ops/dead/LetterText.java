package io.heatwire.ops.dead;

import io.heatwire.engine.dead.DeadLetter;
import java.io.PrintWriter;

/** Shows one letter. */
public final class LetterText {

    private static final int FIELDS = 50;

    private LetterText() {}

    /**
     * Prints the letter.
     *
     * @param nowMs now, by the clock of Redis
     * @param full all fields and all of each value
     */
    public static void print(PrintWriter out, DeadLetter letter, long nowMs, boolean full) {
        out.println(letter.id() + "  " + Age.of(Math.max(0, nowMs - letter.id().ms())) + " ago");
        DeadLetter.Stamp stamp = letter.stamp();
        if (stamp == null) {
            out.println("  no stage wrote this letter, or it cannot be unpacked");
        } else {
            out.println("  reason      " + Escaped.text(stamp.reason()));
            out.println("  source id   " + Escaped.text(stamp.sourceId()));
            out.println("  deliveries  " + Escaped.text(stamp.deliveries()));
        }
        out.println("  fields      " + letter.fields().size());
        letter.fields().stream()
                .limit(full ? Long.MAX_VALUE : FIELDS)
                .forEach(field -> out.println(
                        "    " + Escaped.name(field.name(), full) + " = " + Escaped.quoted(field.value(), full)));
        int more = letter.fields().size() - FIELDS;
        if (more > 0 && !full) {
            out.println("    ... and " + more + " more (--full shows all)");
        }
    }
}
